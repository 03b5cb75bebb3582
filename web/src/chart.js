// Draws <figure data-chart>: series over years and targets, dotted lines where the definition changes, hollow marks for
// published figures and hollow ones with a dashed edge for simulated ones. Series differ by mark and dash, not by
// colour alone, whatever their figures are. The page has the same numbers in a table.
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, GridComponent, LegendComponent, LineChart, MarkLineComponent, SVGRenderer, TooltipComponent])

const palette = ['#1f5a96', '#b45309', '#1a7f4b', '#6b4fa0', '#5c6773', '#a3195b']
const marks = ['circle', 'rect', 'triangle', 'diamond', 'path://M0 0L10 0L5 10Z', 'path://M5 0L10 4L8 10L2 10L0 4Z']
const dashes = ['solid', [10, 4], [3, 3], [10, 3, 3, 3], [16, 4], [2, 6]]
const targetDashes = [[6, 5], [2, 4], [12, 4, 2, 4]]
const paper = 640 // px: what an A4 sheet has between its margins
const ink = '#3d4852'
const row = 26 // px: a line of the legend
const key = 36 // px: a mark in it
const font = 'system-ui, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

export function mountCharts(root) {
  for (const figure of root.querySelectorAll('figure[data-chart]:not([data-mounted])')) {
    figure.dataset.mounted = ''
    const data = JSON.parse(figure.querySelector('script').textContent)
    const canvas = figure.querySelector('.chart-canvas')
    const chart = init(canvas, null, { renderer: 'svg' })
    chart.setOption(option(data, figure.dataset))
    const fit = width => { // what is drawn begins below the legend, however many lines that takes
      const lines = legendLines(data.series, width)
      canvas.style.setProperty('--legend', `${Math.max(lines - 1, 0) * row}px`)
      chart.setOption({ grid: { top: 36 + lines * row } })
    }
    new ResizeObserver(() => { fit(figure.clientWidth); chart.resize() }).observe(figure)
    addEventListener('beforeprint', () => {
      fit(paper)
      chart.resize({ width: paper, animation: { duration: 0 } })
      chart.getZr().flush() // no frame is drawn before the sheet is
    })
    addEventListener('afterprint', () => { fit(figure.clientWidth); chart.resize({ width: 'auto' }) })
  }
}

// legendLines is how many lines the names of series take in a width; one series needs no legend.
function legendLines(all, width) {
  if (all.length < 2) return 0
  const pen = document.createElement('canvas').getContext('2d')
  pen.font = `12px ${font}`
  let lines = 1, x = 0
  for (const s of all) {
    const wide = key + 5 + pen.measureText(s.name).width
    if (x > 0 && x + wide > width - 10) { lines++; x = 0 }
    x += wide + 12
  }
  return lines
}

function option(data, words) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  return {
    animation: !calm,
    animationDuration: 300,
    textStyle: { fontFamily: font, color: ink },
    grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    legend: { show: data.series.length > 1, top: 0, left: 0, itemGap: 12, itemWidth: key, textStyle: { color: ink },
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
    label: { color: ink, position: 'end', fontSize: 11, distance: 4 },
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
