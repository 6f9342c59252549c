export default function Page() {
  return <a href="/auth/login/us">Link an account</a>;
}
