/** `<image>`; `mode` becomes a class of the same name. */
export const image = {
  properties: { src: String, mode: { type: String, value: 'scaleToFill' }, ariaLabel: String },
};
