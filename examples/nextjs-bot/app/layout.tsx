import type { ReactNode } from "react";

export const metadata = { title: "streamcard + Next.js" };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="zh-CN">
      <body style={{ font: "16px/1.6 system-ui, sans-serif", maxWidth: 720, margin: "2rem auto" }}>
        {children}
      </body>
    </html>
  );
}
