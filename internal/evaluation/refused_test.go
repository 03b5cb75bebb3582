package evaluation_test

// What is refused of rounds, by the specification's list of bad input (oversight.md §6): each input with what is said.

import (
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/evaluation"
)

func TestWhatIsNoRound(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		for words, bad := range map[string]func(*evaluation.Round){
			"title: 请写名称":              func(r *evaluation.Round) { r.Title = " " },
			"kind: 请选择类别":              func(r *evaluation.Round) { r.Kind = "monthly" },
			"legal_nature: 请选择这次评估的性质": func(r *evaluation.Round) { r.LegalNature = "" },
			"plans: 请选择要评估的规划":         func(r *evaluation.Round) { r.Plans = nil },
			"plans: 没有代码为“X”的规划":       func(r *evaluation.Round) { r.Plans = []string{"X"} },
			"basis: 请写依据":              func(r *evaluation.Round) { r.Basis = "" },
			"from: 请填评估的起始年份":          func(r *evaluation.Round) { r.From = "去年" },
			"from: 评估时段要在规划期内":         func(r *evaluation.Round) { r.From = "2019" },
			"until: 请填评估的截止年份":         func(r *evaluation.Round) { r.Until = "2022-01" },
			"until: 截止年份不能早于起始年份":      func(r *evaluation.Round) { r.From, r.Until = "2022", "2021" },
			"cutoff: 请填数据截止日":          func(r *evaluation.Round) { r.CutoffOn = "五月底" },
			"cutoff: 数据截止日不能早于2022年":   func(r *evaluation.Round) { r.CutoffOn = "2022-12-01" },
			"cutoff: 2022年的报表还有1份在这一天之后才到期（最晚2023-04-10）": func(r *evaluation.Round) {
				r.CutoffOn = "2023-03-31"
			},
			"units: 请选择参加单位和地区":         func(r *evaluation.Round) { r.Participants = nil },
			"units: 没有单位“NONE”":         participant(evaluation.Participant{Unit: "NONE"}),
			"units: 示范市文化局已于2022-01-01": participant(evaluation.Participant{Unit: "gone"}),
			"units: 组织评估的办公室不能作参加单位":    participant(evaluation.Participant{Unit: "CO"}),
			"areas: 没有地区“999999”":       participant(evaluation.Participant{Area: "999999"}),
			"areas: 没有地区“990000”":       participant(evaluation.Participant{Area: "990000"}),
			"areas: 南屏区没有妇儿工委办":         participant(evaluation.Participant{Area: "990103"}),
			"leading: 领导小组第1行要写明":       leading(evaluation.Seat{Unit: "CO", Seat: "head"}),
			"leading: 没有单位“NONE”":       leading(evaluation.Seat{Unit: "NONE", Post: "主任", Seat: "head"}),
			"leading: 领导小组第1行的职务最多120个字": leading(evaluation.Seat{Unit: "CO",
				Post: strings.Repeat("长", 121), Seat: "head"}),
			"plans: 请选择要评估的规划，1到10个": func(r *evaluation.Round) {
				r.Plans = strings.Split("WABCDEFGHIJ", "")
			},
			"leading: 领导小组只能有一位组长": leading(evaluation.Seat{Unit: "CO", Post: "主任", Seat: "head"},
				evaluation.Seat{Unit: "a", Post: "局长", Seat: "head"}),
			"stages: 请列出阶段": func(r *evaluation.Round) { r.Stages = nil },
			"stages: 第1个阶段没有选类型": stages(evaluation.Stage{Title: "自评", From: "2023-04-03",
				Until: "2023-06-30"}),
			"stages: 第1个阶段要写明起止": stages(evaluation.Stage{Title: "自评", Kind: evaluation.Self,
				From: "2023-04-03"}),
			"stages: 第1个阶段的结束日期早于": stages(evaluation.Stage{Kind: evaluation.Self, From: "2023-04-03",
				Until: "2023-04-01"}),
			"stages: 第1个阶段的专家人数": stages(evaluation.Stage{Kind: evaluation.Panel, From: "2023-04-03",
				Until: "2023-06-30", Experts: "几个"}),
			"stages: 没有单位“NONE”": stages(evaluation.Stage{Kind: evaluation.Self, From: "2023-04-03",
				Until: "2023-04-07", Lead: "NONE"}),
			"stages: 评估报告不能在专家论证之前": stages(
				evaluation.Stage{Kind: evaluation.Panel, From: "2023-09-04", Until: "2023-09-15"},
				evaluation.Stage{Kind: evaluation.Report, From: "2023-08-01", Until: "2023-09-01"}),
			"scheme[purpose]: “目的和依据”最多": func(r *evaluation.Round) {
				r.Scheme = evaluation.Scheme{"purpose": strings.Repeat("长", 4001)}
			},
		} {
			r := drafted()
			bad(&r)
			_, err := do(c, func(tx *db.Tx) (evaluation.Round, error) {
				return evaluation.Create(tx, c.People["office"], r)
			})
			if err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("it says %v; want %s", err, words)
			}
		}
	})
}

func participant(p evaluation.Participant) func(*evaluation.Round) {
	return func(r *evaluation.Round) { r.Participants = append(r.Participants, p) }
}

func leading(all ...evaluation.Seat) func(*evaluation.Round) {
	return func(r *evaluation.Round) { r.Leading = all }
}

func stages(all ...evaluation.Stage) func(*evaluation.Round) {
	return func(r *evaluation.Round) { r.Stages = all }
}
