/** 3 to 20 ASCII letters and digits; the web page asks the same while somebody types. */
export const USERNAME = /^[A-Za-z0-9]{3,20}$/;
