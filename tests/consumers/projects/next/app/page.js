"use client";

import { useEffect, useState } from "react";

import { checkPage } from "../checks/page.js";

export default function Page() {
  const [findings, setFindings] = useState("");
  useEffect(() => setFindings(JSON.stringify(checkPage())), []);
  return <output>{findings}</output>;
}
