## Frame
token-send = Usar este token
coast-from = linha de costa: { $source }
skip = Ir para o conteúdo
pages = Páginas
page-route = Rota
page-studies = Estudos
language = Idioma
light = Claro ou escuro
theme-auto = Automático
theme-light = Claro
theme-dark = Escuro

## Figures
range = { $from } a { $to }
under = menos de { $number }
over = mais de { $number }
unit-days = d
unit-teu-year = TEU por ano
unit-t-year = t por ano
value = Valor
source = Fonte
assumption = Premissa

## Map
map = Mapa do mundo
globe = Globo
flat-map = Mapa plano
map-empty = Mapa do mundo. O painel ao lado contém tudo o que o mapa mostra.
map-route = Rota marítima de { $from } a { $to }: { $distance }, por { $passages }. O painel ao lado do mapa contém os mesmos números.
no-webgl = Este navegador não desenha gráficos 3D; por isso mostra-se um desenho simples. Todo o resto funciona normalmente.
of-the-map = do mapa
marks = Sinais do mapa
mark-way = rota
mark-other-ways = alternativas
mark-port = porto
mark-port-out = porto pequeno demais para este navio
mark-passage = canal, estreito ou cabo
mark-passage-small = pequeno demais para este navio

## Two places
from = De
to-place = Para
to = a
swap = Trocar os dois lugares
place-hint = Porto, UN/LOCODE ou clique no mapa
invitation = Digite dois lugares ou clique no mapa. Para começar:
asking = Procurando a rota …

## What was found
route-through = { $distance } em { $days } por { $passages }.
route-open = { $distance } em { $days } por mar aberto.
open-sea = mar aberto
distance = Distância
days-at-sea = Dias de navegação
cost = Custo da viagem
emissions = Emissões, do poço à esteira
cost-parts = Quanto custa e quanto emite
cost-lead = Uma viagem da classe “{ $vessel }”: o tempo do navio, o seu combustível e os pedágios. Não inclui taxas portuárias, movimentação, a volta nem a margem do transportador. Centro: todas as premissas no seu valor central; faixa: nove décimos de 200 amostras das premissas. As margens vão mais longe para cima do que para baixo, e por isso o centro pode ficar abaixo da faixa.
range-of-draws = Nove décimos das amostras
cost-charter = Afretamento
cost-fuel = Combustível
cost-tolls = Pedágios
emissions-ttw = Emissões, do tanque à esteira
ship-days = Dias do navio, com margens para o tempo e desvios
fuel-burnt = Combustível queimado
cost-per-unit = Custo por unidade de carga
emissions-per-unit = Emissões por unidade de carga, do poço à esteira
cost-assumptions = Em que se baseiam o custo e as emissões
moved = Em relação ao navio de série com todas as passagens abertas: { $changes }.
moved-nothing = A melhor rota é a mesma que com o navio de série e todas as passagens abertas.
barred = Pequenos demais para este navio: { $passages }.
snapped = { $place } fica a { $distance } de águas navegáveis; a rota começa na água mais próxima.
not-for-navigation = Rotas mais curtas por água. Não servem para navegação.
way = Rota por
ways = Rotas
ways-caption = A melhor rota e suas alternativas
before-way = antes: { $passages }
defaults = O que os números pressupõem
download = Salvar
copy-link = Copiar link
link-copied = Link copiado
link-failed = O link está na barra de endereços

## Ship
ship = Navio
class = Classe
draught_m = Calado
beam_m = Boca
loa_m = Comprimento total
air_draught_m = Calado aéreo
in-metres = { $what } em metros
as-built = Voltar ao navio de série
ports-out = { $out ->
    [0] Todos os { $all } portos com limites conhecidos recebem este navio
    [one] Fica de fora { $out } de { $all } portos com limites conhecidos
   *[other] Ficam de fora { $out } de { $all } portos com limites conhecidos
}
ports-known = O atlas conhece os limites de { $known } portos de { $all }. Dos demais nada se afirma.

## Passages
passages = Canais e estreitos
passages-hint = Feche um deles e veja o que muda.
more-passages = { $count ->
    [one] Mais um
   *[other] Mais { $count }
}
used = na rota
switched-off = fechado
too-small = pequeno demais: { $limits }
takes = recebe { $limits }

## Problems
problem-no_route = Não há rota por mar.
problem-unknown_place = Este lugar não é conhecido.
problem-ambiguous_place = Há mais de um lugar com este nome.
problem-bad_request = Não foi possível entender a pergunta.
problem-too_big = A pergunta é grande demais.
problem-bad_study = Não foi possível ler o estudo.
problem-not_found = Não se encontra aqui.
problem-unauthorized = O servidor pede uma chave de acesso.
problem-rate_limited = Perguntas demais em pouco tempo; tente de novo em instantes.
problem-overloaded = O servidor está ocupado; tente de novo em instantes.
problem-cancelled = O cálculo foi cancelado.
problem-timed_out = O cálculo demorou demais.
problem-failed = O cálculo falhou.
problem-unreachable = Não foi possível contatar o servidor.
problem-internal = Algo deu errado.

## Studies
studies-lead = Cada estudo compara dois mundos e diz quais das afirmações sobre uma mudança se sustentam.
as-of = em { $date }
english-inside = As frases dos estudos estão escritas em inglês.
parts = Partes do estudo
part-answer = A resposta
part-claims = Afirmações
part-before-after = Antes e depois
part-switch = Fechar e ver
part-days = Para onde vão os dias
part-flows = Fluxos
part-trade = Comércio mundial
part-simulation = A interrupção, hora a hora
part-assumptions = Premissas
part-data = Dados
running-own = O estudo está sendo calculado:
running-changed = O estudo está sendo recalculado com suas mudanças:
progress = Andamento do cálculo
progress-worlds = mundos
progress-sea-legs-and-chains = trechos marítimos e cadeias
progress-runs = simulações
progress-claims = afirmações
progress-flows = fluxos
progress-world-trade = comércio mundial
try-again = Tentar de novo
cancel = Cancelar
changed-run = Você está vendo um cálculo com premissas alteradas ({ $runs } simulações por mundo).
back-to-own = Voltar às premissas do estudo
reading = Cada número é o que resulta com todas as premissas no valor central. O intervalo contém nove décimos de { $runs } simulações por mundo, em que as premissas variam dentro dos intervalos declarados.
map-study = Mapa do estudo “{ $title }” com { $routes } rotas. As partes “Antes e depois” e “Fluxos” contêm o mesmo em tabelas.
map-after = Mapa depois da mudança

## Claims
claims-lead = Os vereditos são calculados: uma parte de uma afirmação vale numa simulação se o seu número cai na faixa sombreada, e decide a proporção de simulações em que ela vale. Uma afirmação é tão boa quanto a sua parte mais fraca.
verdict-supported = sustenta-se
verdict-supported_only_if = sustenta-se só se
verdict-not_supported = não se sustenta
verdict-not_checkable = não verificável
verdict-was = sem suas mudanças: { $verdict }
holds-in-short = vale em { $share }
only-if = Só se
computed = Calculado
holds-if = Vale se
holds-in = Vale em
of-runs = de { $runs } simulações
measured-by = Medido por
would-have-to-be = O que teria de ser verdade
plausible = dentro do intervalo plausível
implausible = fora do intervalo plausível
comparison-caption = Calculado em relação a cada situação de partida (disco; linha grossa: metade central das simulações, linha fina: nove décimos) e o que foi dito ou publicado (losango), em { $unit }
by-baseline = O número por situação de partida
baseline = Comparado com
central = Central
median = Mediana
as-claimed = o afirmado
what-decides = O que decide
tornado-caption = O número com uma premissa no extremo baixo e no extremo alto do seu intervalo e todas as outras no valor central (linha vertical). Disco: ali a parte vale; anel: não vale.
low = baixo
high = alto
figure-at-low = Número no extremo baixo
figure-at-high = Número no extremo alto
holds-low-half = Vale, metade baixa
holds-high-half = Vale, metade alta
published = O que outros publicaram ({ $count })
published-caption = O que outros publicaram; primeiro o que discorda
who = Quem
what = O quê
figure = Número
when = Quando
against-ours = Em relação ao nosso
overlaps = coincide
disagrees = discorda
another-quantity = outra grandeza

## Before and after
before-after-lead = A melhor rota de cada viagem por custo generalizado, antes da mudança e depois.
journey = Viagem
all-journeys = Todas as viagens
scenario = Cenário
before = antes
after = depois
change = Mudança
role-before = antes
role-after = depois
role-both = antes e depois
swipe = Deslizar entre antes e depois
swipe-handle = Linha entre o mapa de antes e o de depois
swipe-at = { $percent } % mostra o mundo de antes
routes-caption = Rotas que o mapa mostra
route = Rota
mode = Modo
mode-sea = mar
mode-road = rodovia
mode-rail = ferrovia
mode-river = rio
unit = Unidade
as-table = O mesmo em uma tabela
save-csv = Salvar como CSV

## Where the days go
days-caption = Dias de porta a porta por etapa, pela melhor rota, com todas as premissas no valor central. A linha sob cada barra é o intervalo das simulações; o ponto, a mediana.
world = Mundo
sum = Soma
money = Dinheiro
stage-inland = em terra
stage-border = fronteira
stage-port_dwell = no porto
stage-sailing_wait = espera pela saída
stage-sea = no mar
stage-intermediate_calls = escalas intermediárias
stage-passage = canais e estreitos
stage-transshipment = transbordo

## Flows
flows-lead = Quem envia o quê e por onde, em todos os serviços do dia, antes da mudança e depois. A largura no mapa são contêineres por ano, na mesma escala para todos os mundos.
flows-on-map = Fluxos no mapa:
counted-by = Contado por
load-port = porto
load-terminal = terminal
load-service = serviço
load-passage = passagem
load-operator = operador
load-owner = proprietário
loads-caption = Contêineres cheios por { $kind }: mudança em TEU por ano, depois menos antes, em valores centrais
name = Nome

## World trade
trade-extra = O que ainda se move custa { $cost } a mais e demora em média { $time } a mais.
billion-usd-year = bilhões de USD por ano
chokepoints-caption = Valor que passa por cada ponto crítico: mudança em bilhões de USD por ano, depois menos antes
observed = Observado
observed-caption = O observado ao lado do calculado

## Disruption
simulation-lead = Navios e caminhões à medida que chegam, esperam e seguem, em { $runs } repetições. Percorra o tempo ou reproduza-o.
play = Reproduzir
pause = Pausar
time = Momento
queue-median = mediana
queue-range = 8 de cada 10 repetições
queue-usual = sem a interrupção
disrupted = interrupção
queue-caption = Em espera em { $station } ({ $unit })
waiting-now = Esperam { $middle } { $unit } ({ $low } a { $high })
recovery = Quando o rastro desaparece
backlog-gone = Sem fila acumulada
regular-again = Serviço regular de novo
days-after = { $days } dias depois do fim
reached = atingido em { $share } das repetições
losses = O que custou
losses-caption = Perdas em relação à simulação sem interrupção, mediana e 8 de cada 10 repetições; contadas em separado e nunca somadas
flow = Fluxo
delayed = Atrasados
delay-days = Dias de atraso
value-delayed = Valor atrasado
extra-emissions = Emissões adicionais
against-observed = Em relação ao observado
grade-within_range = dentro do intervalo observado
grade-within15_percent = a menos de 15 %
grade-off = desviado
grade-no_figure = sem número

## Assumptions
assumptions-lead = Todos os números se apoiam nestas premissas. Aqui estão as que decidem alguma afirmação: altere-as e calcule o estudo de novo.
find-assumption = Procurar outra premissa
run-again = { $count ->
    [0] Altere algo para calcular de novo
    [one] Calcular de novo com uma mudança
   *[other] Calcular de novo com { $count } mudanças
}
reset = Desfazer as mudanças
all-assumptions = Todas as { $count } premissas com suas fontes
assumptions-caption = Premissas
basis = Base
basis-sourced = com fonte
basis-derived = derivado
basis-assumed = presumido

## Data
study-file = Arquivo do estudo
report = Relatório
tables-csv = Tabelas (CSV):
warnings = Antes de usar
seed = Semente { $seed }, { $runs } simulações por mundo: a mesma semente dá os mesmos números.

## Fechar
switch-lead = Feche um porto, um canal, uma fronteira ou um trecho de estrada, aqui ou com um clique no mapa, e veja quais viagens mudam.
switch-port = Portos
switch-passage = Canais e estreitos
switch-border = Fronteiras
switch-link = Estradas, ferrovias e rios
switch-chosen = Fechado no próximo cálculo: { $what }.
switch-run = Calcular sem eles
switch-none = Abrir tudo de novo
switch-moved = Melhor rota de cada viagem sem { $what }, comparada com a mesma com isso, em valores centrais
switch-way = Melhor rota depois
switch-no-way = não resta nenhuma rota
switched-run = Você está vendo as viagens sem { $what } ({ $runs } simulações por mundo).
