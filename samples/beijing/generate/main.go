// Command generate writes the sample's simulated premarital-examination counts and the Excel file for
// the form that is left open. It is run by hand; what it writes is committed. Simulated figures only:
// seeded, by district population, every district a little better each year, and city totals that give
// exactly the published rates.
package main

import (
	"encoding/csv"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// district: couples and examined persons go by weight (about the population in ten thousands); zeal
// lifts the rate where the source document praises the service.
type district struct {
	code, name string
	weight     float64
	zeal       float64
}

var districts = []district{
	{"110101", "东城区", 82, 1.05}, {"110102", "西城区", 118, 1.02}, {"110105", "朝阳区", 360, 0.94},
	{"110106", "丰台区", 210, 0.96},
	{"110107", "石景山区", 59, 1.03}, {"110108", "海淀区", 336, 0.97}, {"110109", "门头沟区", 33, 1.08},
	{"110111", "房山区", 119, 1.01},
	{"110112", "通州区", 158, 0.98}, {"110113", "顺义区", 117, 1.62}, {"110114", "昌平区", 211, 0.95},
	{"110115", "大兴区", 180, 0.97},
	{"110116", "怀柔区", 41, 1.12}, {"110117", "平谷区", 46, 1.09}, {"110118", "密云区", 49, 1.85},
	{"110119", "延庆区", 35, 1.10},
}

// year: examined of 2 × couples persons is the city's rate, exactly.
type year struct {
	name              string
	couples, examined int
}

// 11.05 %, 12.76 %, 16.50 %
var years = []year{{"2016", 166_000, 36_686}, {"2017", 145_000, 37_004}, {"2018", 138_000, 45_540}}

const (
	openDistrict = "110105"
	openYear     = "2018"
)

// counts of one district and year; as many men as women marry.
type counts struct{ couples, men, women int }

func main() {
	dir := "."
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if strings.HasPrefix(dir, "-") { // or a folder of that name is made
		log.Fatal("usage: generate [FOLDER]")
	}
	if err := write(dir, simulate()); err != nil {
		log.Fatal(err)
	}
}

func simulate() map[string]map[string]counts {
	random := rand.New(rand.NewPCG(2018, 16))
	lasting := make([]float64, len(districts)) // a district's own level, the same in all years
	for i := range lasting {
		lasting[i] = 0.95 + 0.1*random.Float64()
	}
	all := map[string]map[string]counts{}
	for _, y := range years {
		couples, examined := make([]float64, len(districts)), make([]float64, len(districts))
		for i, d := range districts {
			couples[i] = d.weight * (0.98 + 0.04*random.Float64())
		}
		married := apportion(y.couples, couples)
		for i, d := range districts {
			examined[i] = float64(married[i]) * d.zeal * lasting[i] * (0.99 + 0.02*random.Float64())
		}
		all[y.name] = map[string]counts{}
		for i, persons := range apportion(y.examined, examined) {
			women := persons/2 + int(float64(persons)*0.004*(1+random.Float64()))
			all[y.name][districts[i].code] = counts{married[i], persons - women, women}
		}
	}
	return all
}

// apportion splits total by weight into whole numbers, the rest going to the largest remainders.
func apportion(total int, weights []float64) []int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	parts, left := make([]int, len(weights)), total
	for i, w := range weights {
		parts[i] = int(w / sum * float64(total))
		left -= parts[i]
	}
	for ; left > 0; left-- {
		best, gap := 0, -1.0
		for i, w := range weights {
			if g := w/sum*float64(total) - float64(parts[i]); g > gap {
				best, gap = i, g
			}
		}
		parts[best]++
	}
	return parts
}

func write(dir string, all map[string]map[string]counts) error {
	rows := [][]string{{"单位", "期别", "1.M", "1.F", "2.M", "2.F"}}
	for _, y := range years {
		for _, d := range districts {
			if d.code == openDistrict && y.name == openYear {
				continue
			}
			c := all[y.name][d.code]
			rows = append(rows, []string{d.code + "-MCH", y.name,
				strconv.Itoa(c.couples), strconv.Itoa(c.couples), strconv.Itoa(c.men), strconv.Itoa(c.women)})
		}
	}
	if err := writeCSV(filepath.Join(dir, "submissions", "PME.csv"), rows); err != nil {
		return err
	}
	c := all[openYear][openDistrict]
	block := [][]int{{c.couples, c.couples}, {c.men, c.women}} // as the form: rows × columns (men, women)
	todo := filepath.Join(dir, "todo", "朝阳区婚检")
	if err := writeBlock(todo+".xlsx", block); err != nil {
		return err
	}
	var lines [][]string
	for _, r := range block {
		lines = append(lines, []string{strconv.Itoa(r[0]), strconv.Itoa(r[1])})
	}
	return writeCSV(todo+".csv", lines)
}

func writeCSV(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return csv.NewWriter(f).WriteAll(rows)
}

// writeBlock writes a sheet whose numbers are the block to copy: B3:C4, under and beside their names.
func writeBlock(path string, block [][]int) error {
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "Sheet1"
	for _, text := range [][2]string{{"A1", "婚前保健情况表（演示）　朝阳区　2018年（模拟数据，复制 B3:C4 后粘贴到填报表）"},
		{"B2", "男"}, {"C2", "女"}, {"A3", "结婚登记人数"}, {"A4", "婚前医学检查人数"}} {
		if err := f.SetCellStr(sheet, text[0], text[1]); err != nil {
			return err
		}
	}
	for r, row := range block {
		for c, value := range row {
			if err := f.SetCellInt(sheet, fmt.Sprintf("%c%d", 'B'+c, 3+r), int64(value)); err != nil {
				return err
			}
		}
	}
	if err := f.SetColWidth(sheet, "A", "A", 24); err != nil {
		return err
	}
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer out.Close()
	return f.Write(out)
}
