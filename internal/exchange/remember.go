package exchange

// What codes stand for in the database already, so that a second import of a folder, or of a part of it, finds them.

import (
	"maps"

	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
)

// remember loads what codes stand for in the database before this run.
func (r *run) remember() error {
	for _, step := range []func() error{r.rememberNetwork, r.rememberPlans, r.rememberStatistics} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) rememberNetwork() error {
	for _, kind := range []string{"role", "unit_kind", "area_level"} {
		labels, err := network.Labels(r.tx, kind)
		if err != nil {
			return err
		}
		for _, l := range labels {
			r.labels = append(r.labels, l)
		}
	}
	areas, err := network.AllAreas(r.tx)
	if err != nil {
		return err
	}
	for _, a := range areas {
		r.areas.known[a.Code], r.tree[a.ID] = a, a
		if a.ParentID != 0 {
			continue
		}
		units, err := network.Units(r.tx, a)
		if err != nil {
			return err
		}
		for _, u := range units {
			r.units.known[u.Code] = u
		}
	}
	return nil
}

func (r *run) rememberPlans() error {
	plans, err := plan.List(r.tx)
	if err != nil {
		return err
	}
	for _, p := range plans {
		r.plans.known[p.Code] = true
		domains, err := plan.Domains(r.tx, p.Code)
		if err != nil {
			return err
		}
		for _, d := range domains {
			r.domains.known[p.Code+"/"+d.Code] = true
		}
		goals, err := plan.Goals(r.tx, p.Code)
		if err != nil {
			return err
		}
		for _, g := range goals {
			r.goals.known[p.Code+"/"+g.Code] = true
		}
	}
	return nil
}

func (r *run) rememberStatistics() error {
	calibres, err := element.Calibres(r.tx)
	if err != nil {
		return err
	}
	for _, c := range calibres {
		r.calibres.known[c.Code] = c.ID
	}
	indicators, err := indicator.List(r.tx)
	if err != nil {
		return err
	}
	for _, i := range indicators {
		r.indicators.known[i.Code] = i
	}
	elements, err := element.All(r.tx)
	if err != nil {
		return err
	}
	r.elements.known = maps.Clone(elements) // this run adds to it
	forms, err := form.List(r.tx)
	if err != nil {
		return err
	}
	for _, f := range forms {
		r.forms.known[f.Code] = f
	}
	r.parameters, err = indicator.Parameters(r.tx)
	return err
}
