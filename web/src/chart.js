// Draws <figure data-chart>: series over years and targets, dotted lines where the definition changes, hollow marks for
// published figures and hollow ones with a dashed edge for simulated ones. Series differ by mark and dash, not by
// colour alone, whatever their figures are. The page has the same numbers in a table.
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, GridComponent, LegendComponent, LineChart, MarkLineComponent, SVGRenderer, TooltipComponent])

const palette = ['#1f5a96', '#b45309', '#1a7f4b', '#6b4fa0', '#5c6773', '#a3195b']
const marks = ['circle', 'rect', 'triangle', 'diamond', 'arrow', 'pin']
const dashes = ['solid', [10, 4], [3, 3], [10, 3, 3, 3], [16, 4], [2, 6]]
const targetDashes = [[6, 5], [2, 4], [12, 4, 2, 4]]
const paper = 640 // px: what an A4 sheet has between its margins
const ink = '#3d4852'
const font = 'system-ui, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

export function mountCharts(root) {
  for (const figure of root.querySelectorAll('figure[data-chart]:not([data-mounted])')) {
    figure.dataset.mounted = ''
    const data = JSON.parse(figure.querySelector('script').textContent)
    const chart = init(figure.querySelector('.chart-canvas'), null, { renderer: 'svg' })
    chart.setOption(option(data, figure.dataset))
    new ResizeObserver(() => chart.resize()).observe(figure)
    addEventListener('beforeprint', () => {
      chart.resize({ width: paper, animation: { duration: 0 } })
      chart.getZr().flush() // no frame is drawn before the sheet is
    })
    addEventListener('afterprint', () => chart.resize({ width: 'auto' }))
  }
}

function option(data, words) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  return {
    animation: !calm,
    animationDuration: 300,
    textStyle: { fontFamily: font, color: ink },
    grid: { left: 8, right: 24, top: data.series.length > 1 ? 56 : 36, bottom: 8, containLabel: true },
    legend: { show: data.series.length > 1, top: 0, left: 0, itemGap: 18, itemWidth: 36, textStyle: { color: ink },
      data: data.series.map(s => ({ name: s.name, itemStyle: { opacity: s.kind === 'target' ? 0 : 1 } })) },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, formatter: rows => tooltip(data, words, rows) },
    xAxis: { type: 'category', data: data.periods, axisTick: { show: false },
      axisLine: { lineStyle: { color: '#9aa5b1' } }, axisLabel: { color: ink } },
    yAxis: { type: 'value', name: data.unit, scale: data.series.every(s => s.kind !== 'bar'),
      nameTextStyle: { align: 'left', color: ink },
      splitLine: { lineStyle: { color: '#e4e8ec' } }, axisLabel: { color: ink } },
    series: data.series.map((s, i) => ({ ...series(s, place(data.series, i)),
      markLine: i === 0 ? breaks(data.breaks ?? []) : undefined })),
  }
}

// place counts a series among those of its kind: lines and bars, or targets.
function place(all, i) {
  const target = all[i].kind === 'target'
  return all.slice(0, i).filter(s => (s.kind === 'target') === target).length
}

function series(s, n) {
  const target = s.kind === 'target'
  const colour = palette[n % palette.length]
  return {
    name: s.name,
    type: s.kind === 'bar' ? 'bar' : 'line',
    color: target ? ink : colour,
    barMaxWidth: 36,
    symbol: target ? 'none' : marks[n % marks.length],
    symbolSize: 9,
    connectNulls: target,
    lineStyle: { width: target ? 1.5 : 2.25,
      type: target ? targetDashes[n % targetDashes.length] : dashes[n % dashes.length] },
    data: s.points.map(p => point(p, s.kind, colour)),
  }
}

// A line where the definition changes: what is left of it is not comparable with what is right of it.
function breaks(list) {
  return { silent: true, symbol: 'none', lineStyle: { color: ink, type: 'dotted', width: 1.5 },
    label: { color: ink, position: 'insideEndTop', fontSize: 11 },
    data: list.map(b => ({ xAxis: b.period, label: { formatter: b.text } })) }
}

function point(p, kind, colour) {
  if (p.value === '') return { value: null }
  const item = { value: Number(p.value) } // for the place on the axis only; the text is the server's
  if (kind === 'target') return item
  if (kind === 'bar') {
    if (p.origin === 'simulated') item.itemStyle = { color: '#fff', borderColor: colour,
      borderWidth: 1.5, decal: hatch(colour) }
    if (p.origin === 'published') item.itemStyle = { color: '#fff', borderColor: colour, borderWidth: 1.5 }
    return item
  }
  const made = p.origin === 'simulated'
  if (p.origin !== 'entered') item.itemStyle = { color: '#fff', borderColor: colour, borderWidth: 2,
    borderType: made ? [3, 2] : 'solid' }
  if (made) item.symbolSize = 12
  return item
}

const hatch = colour => ({ symbol: 'rect', color: colour, dashArrayX: [1, 0],
  dashArrayY: [2, 4], rotation: -Math.PI / 4 })

function tooltip(data, words, rows) {
  const lines = rows.filter(row => row.value !== undefined && row.value !== null).map(row => {
    const p = data.series[row.seriesIndex].points[row.dataIndex]
    const origin = p.origin && p.origin !== 'entered' ? `（${words[p.origin]}）` : ''
    return `${row.seriesName}  ${p.text}${origin}`
  })
  return [rows[0].name, ...lines].join('\n')
}
