import { render } from "preact";

render(<h1>foreland</h1>, document.getElementById("page")!);
