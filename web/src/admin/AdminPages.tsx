export default function AdminPages() {
  return <p>…</p>;
}
