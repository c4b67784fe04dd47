import { render } from "preact";
import { App } from "./page/app.tsx";
import { bindTheme } from "./page/theme.ts";
import { preferred, speak } from "./i18n/language.ts";
import { keepAsking } from "./route/question.ts";
import { keepStudies } from "./study/state.ts";
import { loadSea } from "./state/sea.ts";
import { bindAddress, view } from "./state/view.ts";
import "./page/colours.css";
import "./page/page.css";

bindTheme();
void loadSea();
await speak(preferred(view.value.lang));
bindAddress();
keepAsking();
keepStudies();
render(<App />, document.getElementById("page")!);
