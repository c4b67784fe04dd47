## Frame
token-send = Usar este token
coast-from = línea de costa: { $source }
skip = Ir al contenido
pages = Páginas
page-route = Ruta
page-studies = Estudios
language = Idioma
light = Claro u oscuro
theme-auto = Automático
theme-light = Claro
theme-dark = Oscuro

## Figures
range = { $from } a { $to }
under = menos del { $number }
over = más del { $number }
unit-days = d
unit-teu-year = TEU al año
unit-t-year = t al año
value = Valor
source = Fuente
assumption = Supuesto

## Map
map = Mapa del mundo
globe = Globo
flat-map = Mapa plano
map-empty = Mapa del mundo. El panel de al lado contiene todo lo que muestra el mapa.
map-route = Ruta marítima de { $from } a { $to }: { $distance }, por { $passages }. El panel junto al mapa contiene las mismas cifras.
no-webgl = Este navegador no dibuja gráficos 3D; por eso se muestra un dibujo sencillo. Todo lo demás funciona igual.
of-the-map = del mapa
marks = Signos del mapa
mark-way = ruta
mark-other-ways = alternativas
mark-port = puerto
mark-port-out = puerto demasiado pequeño para este buque
mark-passage = canal, estrecho o cabo
mark-passage-small = demasiado pequeño para este buque

## Two places
from = Desde
to-place = Hasta
to = a
swap = Intercambiar los dos lugares
place-hint = Puerto, UN/LOCODE o clic en el mapa
invitation = Escriba dos lugares o haga clic en el mapa. Para empezar:
asking = Buscando la ruta …

## What was found
route-through = { $distance } en { $days } por { $passages }.
route-open = { $distance } en { $days } por mar abierto.
open-sea = mar abierto
distance = Distancia
days-at-sea = Días de navegación
cost = Costo del viaje
emissions = Emisiones, del pozo a la estela
cost-parts = Cuánto cuesta y cuánto emite
cost-lead = Un viaje de la clase «{ $vessel }»: el tiempo del buque, su combustible y los peajes. No incluye tasas portuarias, manipulación, el regreso ni el margen del transportista. Centro: todos los supuestos en su valor central; rango: nueve décimos de 200 muestras de los supuestos. Los márgenes llegan más lejos hacia arriba que hacia abajo, por lo que el centro puede quedar por debajo del rango.
range-of-draws = Nueve décimos de las muestras
cost-charter = Fletamento
cost-fuel = Combustible
cost-tolls = Peajes
emissions-ttw = Emisiones, del tanque a la estela
ship-days = Días del buque, con márgenes por tiempo y desvíos
fuel-burnt = Combustible consumido
cost-per-unit = Costo por unidad de carga
emissions-per-unit = Emisiones por unidad de carga, del pozo a la estela
cost-assumptions = En qué se basan el costo y las emisiones
moved = Frente al buque de serie con todos los pasos abiertos: { $changes }.
moved-nothing = La mejor ruta es la misma que con el buque de serie y todos los pasos abiertos.
barred = Demasiado pequeños para este buque: { $passages }.
snapped = { $place } está a { $distance } de aguas navegables; la ruta empieza en el agua más cercana.
not-for-navigation = Rutas más cortas por agua. No aptas para la navegación.
way = Ruta por
ways = Rutas
ways-caption = La mejor ruta y sus alternativas
before-way = antes: { $passages }
defaults = Qué suponen las cifras
download = Guardar
copy-link = Copiar enlace
link-copied = Enlace copiado
link-failed = El enlace está en la barra de direcciones

## Ship
ship = Buque
class = Clase
draught_m = Calado
beam_m = Manga
loa_m = Eslora total
air_draught_m = Guinda (altura sobre el agua)
in-metres = { $what } en metros
as-built = Volver al buque de serie
ports-out = { $out ->
    [0] Los { $all } puertos con límites conocidos admiten este buque
    [one] Queda fuera { $out } de { $all } puertos con límites conocidos
   *[other] Quedan fuera { $out } de { $all } puertos con límites conocidos
}
ports-known = El atlas conoce los límites de { $known } puertos de { $all }. De los demás no se dice nada.

## Passages
passages = Canales y estrechos
passages-hint = Cierre uno y vea qué cambia.
more-passages = { $count ->
    [one] Uno más
   *[other] { $count } más
}
used = en la ruta
switched-off = cerrado
too-small = demasiado pequeño: { $limits }
takes = admite { $limits }

## Problems
problem-no_route = No hay ruta por mar.
problem-unknown_place = No se conoce este lugar.
problem-ambiguous_place = Hay más de un lugar con este nombre.
problem-bad_request = No se entiende la pregunta.
problem-too_big = La pregunta es demasiado grande.
problem-bad_study = No se puede leer el estudio.
problem-not_found = No se encuentra aquí.
problem-unauthorized = El servidor pide una clave de acceso.
problem-rate_limited = Demasiadas preguntas en poco tiempo; inténtelo de nuevo en un momento.
problem-overloaded = El servidor está ocupado; inténtelo de nuevo en un momento.
problem-cancelled = El cálculo se canceló.
problem-timed_out = El cálculo tardó demasiado.
problem-failed = El cálculo falló.
problem-unreachable = No se puede conectar con el servidor.
problem-internal = Algo salió mal.

## Studies
studies-lead = Cada estudio compara dos mundos y dice cuáles de las afirmaciones sobre un cambio se sostienen.
as-of = a { $date }
english-inside = Las frases de los estudios están escritas en inglés.
parts = Partes del estudio
part-answer = La respuesta
part-claims = Afirmaciones
part-before-after = Antes y después
part-switch = Cerrar y ver
part-days = En qué se van los días
part-flows = Flujos
part-trade = Comercio mundial
part-simulation = La interrupción, hora a hora
part-assumptions = Supuestos
part-data = Datos
running-own = El estudio se está calculando:
running-changed = El estudio se calcula de nuevo con sus cambios:
progress = Avance del cálculo
progress-worlds = mundos
progress-sea-legs-and-chains = tramos marítimos y cadenas
progress-runs = simulaciones
progress-claims = afirmaciones
progress-flows = flujos
progress-world-trade = comercio mundial
try-again = Intentar de nuevo
cancel = Cancelar
changed-run = Está viendo un cálculo con supuestos cambiados ({ $runs } simulaciones por mundo).
back-to-own = Volver a los supuestos del estudio
reading = Cada cifra es lo que resulta con todos los supuestos en su valor central. El intervalo contiene nueve décimas partes de { $runs } simulaciones por mundo, en las que los supuestos varían dentro de sus intervalos declarados.
map-study = Mapa del estudio «{ $title }» con { $routes } rutas. Las partes «Antes y después» y «Flujos» contienen lo mismo en tablas.
map-after = Mapa después del cambio

## Claims
claims-lead = Los veredictos se calculan: una parte de una afirmación se cumple en una simulación si su cifra cae en la banda sombreada, y decide la proporción de simulaciones en que se cumple. Una afirmación vale lo que su parte más débil.
verdict-supported = se sostiene
verdict-supported_only_if = se sostiene solo si
verdict-not_supported = no se sostiene
verdict-not_checkable = no comprobable
verdict-was = sin sus cambios: { $verdict }
holds-in-short = se cumple en el { $share }
only-if = Solo si
computed = Calculado
holds-if = Se cumple si
holds-in = Se cumple en
of-runs = de { $runs } simulaciones
measured-by = Se mide por
would-have-to-be = Qué tendría que ser cierto
plausible = dentro de su intervalo plausible
implausible = fuera de su intervalo plausible
comparison-caption = Calculado frente a cada situación de partida (disco; línea gruesa: mitad central de las simulaciones, línea fina: nueve décimas partes) y lo dicho o publicado (rombo), en { $unit }
by-baseline = La cifra según la situación de partida
baseline = Comparado con
central = Central
median = Mediana
as-claimed = lo afirmado
what-decides = Qué lo decide
tornado-caption = La cifra con un supuesto en el extremo bajo y en el extremo alto de su intervalo y todos los demás en su valor central (línea vertical). Disco: ahí la parte se cumple; anillo: no se cumple.
low = bajo
high = alto
figure-at-low = Cifra en el extremo bajo
figure-at-high = Cifra en el extremo alto
holds-low-half = Se cumple, mitad baja
holds-high-half = Se cumple, mitad alta
published = Lo que publicaron otros ({ $count })
published-caption = Lo que publicaron otros; primero lo que discrepa
who = Quién
what = Qué
figure = Cifra
when = Cuándo
against-ours = Frente a la nuestra
overlaps = coincide
disagrees = discrepa
another-quantity = otra magnitud

## Before and after
before-after-lead = La mejor ruta de cada viaje por costo generalizado, antes del cambio y después.
journey = Viaje
all-journeys = Todos los viajes
scenario = Escenario
before = antes
after = después
change = Cambio
role-before = antes
role-after = después
role-both = antes y después
swipe = Deslizar entre antes y después
swipe-handle = Línea entre el mapa de antes y el de después
swipe-at = El { $percent } % muestra el mundo de antes
routes-caption = Rutas que muestra el mapa
route = Ruta
mode = Modo
mode-sea = mar
mode-road = carretera
mode-rail = ferrocarril
mode-river = río
unit = Unidad
as-table = Lo mismo en una tabla
save-csv = Guardar como CSV

## Where the days go
days-caption = Días de puerta a puerta por etapa, por la mejor ruta, con todos los supuestos en su valor central. La línea bajo cada barra es el intervalo de las simulaciones; su punto, la mediana.
world = Mundo
sum = Suma
money = Dinero
stage-inland = en tierra
stage-border = frontera
stage-port_dwell = en puerto
stage-sailing_wait = espera de la salida
stage-sea = en el mar
stage-intermediate_calls = escalas intermedias
stage-passage = canales y estrechos
stage-transshipment = transbordo

## Flows
flows-lead = Quién envía qué y por dónde, sobre todos los servicios del día, antes del cambio y después. El ancho en el mapa son contenedores al año, con una misma escala para todos los mundos.
flows-on-map = Flujos en el mapa:
counted-by = Contado por
load-port = puerto
load-terminal = terminal
load-service = servicio
load-passage = paso
load-operator = operador
load-owner = propietario
loads-caption = Contenedores llenos por { $kind }: cambio en TEU al año, después menos antes, en valores centrales
name = Nombre

## World trade
trade-extra = Lo que aún se mueve cuesta { $cost } más y tarda en promedio { $time } más.
billion-usd-year = miles de millones de USD al año
chokepoints-caption = Valor que pasa por cada punto crítico: cambio en miles de millones de USD al año, después menos antes
observed = Observado
observed-caption = Lo observado junto a lo calculado

## Disruption
simulation-lead = Buques y camiones según llegan, esperan y siguen, en { $runs } repeticiones. Recorra el tiempo o reprodúzcalo.
play = Reproducir
pause = Pausa
time = Momento
queue-median = mediana
queue-range = 8 de cada 10 repeticiones
queue-usual = sin la interrupción
disrupted = interrupción
queue-caption = En espera en { $station } ({ $unit })
waiting-now = Esperan { $middle } { $unit } ({ $low } a { $high })
recovery = Cuándo desaparece la huella
backlog-gone = Sin cola acumulada
regular-again = Servicio regular de nuevo
days-after = { $days } días después del fin
reached = se alcanza en el { $share } de las repeticiones
losses = Qué costó
losses-caption = Pérdidas frente a la simulación sin interrupción, mediana y 8 de cada 10 repeticiones; se cuentan por separado y nunca se suman
flow = Flujo
delayed = Retrasados
delay-days = Días de retraso
value-delayed = Valor retrasado
extra-emissions = Emisiones adicionales
against-observed = Frente a lo observado
grade-within_range = dentro del intervalo observado
grade-within15_percent = a menos del 15 %
grade-off = desviado
grade-no_figure = sin cifra

## Assumptions
assumptions-lead = Todas las cifras descansan en estos supuestos. Aquí están los que deciden alguna afirmación: cámbielos y calcule el estudio de nuevo.
find-assumption = Buscar otro supuesto
run-again = { $count ->
    [0] Cambie algo para calcular de nuevo
    [one] Calcular de nuevo con un cambio
   *[other] Calcular de nuevo con { $count } cambios
}
reset = Deshacer los cambios
all-assumptions = Los { $count } supuestos con sus fuentes
assumptions-caption = Supuestos
basis = Base
basis-sourced = con fuente
basis-derived = derivado
basis-assumed = supuesto

## Data
study-file = Archivo del estudio
report = Informe
tables-csv = Tablas (CSV):
warnings = Antes de usarlo
seed = Semilla { $seed }, { $runs } simulaciones por mundo: la misma semilla da las mismas cifras.

## Cerrar
switch-lead = Cierre un puerto, un canal, una frontera o un tramo de carretera, aquí o con un clic en el mapa, y vea qué viajes cambian.
switch-port = Puertos
switch-passage = Canales y estrechos
switch-border = Fronteras
switch-link = Carreteras, ferrocarriles y ríos
switch-chosen = Cerrado en el próximo cálculo: { $what }.
switch-run = Calcular sin ellos
switch-none = Abrir todo de nuevo
switch-moved = Mejor ruta de cada viaje sin { $what }, frente a la misma con ello, con valores centrales
switch-way = Mejor ruta después
switch-no-way = no queda ninguna ruta
switched-run = Está viendo los viajes sin { $what } ({ $runs } simulaciones por mundo).
