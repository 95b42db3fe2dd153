/// The page's one stylesheet: calm type, two colour schemes, from a phone to a desk.
enum StyleSheet {
  static let text = Palette.properties + rules

  private static let rules = """
    *{box-sizing:border-box}
    html{font:17px/1.55 "Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,serif;
      color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%}
    body{margin:0 auto;max-width:46rem;padding:0 1.25rem 3rem;overflow-wrap:anywhere}
    a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.18em}
    a:hover{text-decoration-thickness:2px}
    :focus-visible{outline:2px solid var(--link);outline-offset:3px;border-radius:2px}
    .skip{position:absolute;left:-99rem}
    .skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.3rem .6rem}

    header,footer,nav,form,table,figcaption,dl,.kicker,.under,.spans,.via,.state,.count,.more,.why,.hint,.nothing,svg
      {font-family:system-ui,-apple-system,"Segoe UI","Noto Sans",Roboto,sans-serif}
    header{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem 1.4rem;padding:1.1rem 0 .9rem;
      border-bottom:1px solid var(--rule);font-size:.88rem}
    .brand{font:600 1.25rem/1 "Iowan Old Style",Palatino,"Noto Serif",Georgia,serif;color:var(--ink);text-decoration:none;
      letter-spacing:-.01em}
    nav{display:flex;flex-wrap:wrap;gap:.2rem 1.05rem;flex:1}
    nav a{color:var(--muted);text-decoration:none;padding:.35rem 0;border-bottom:2px solid transparent}
    nav a:hover{color:var(--ink)}
    nav a[aria-current]{color:var(--ink);border-color:var(--link)}
    header input{width:9.5rem}
    footer{margin-top:3.5rem;padding-top:.9rem;border-top:1px solid var(--rule);font-size:.8rem;color:var(--muted)}
    .dot{display:inline-block;width:.5em;height:.5em;border-radius:50%;background:var(--came)}

    h1{font-size:1.9rem;line-height:1.2;font-weight:600;letter-spacing:-.015em;margin:2rem 0 .6rem;text-wrap:balance}
    h2{font:600 .8rem/1.3 system-ui,"Segoe UI","Noto Sans",sans-serif;letter-spacing:.06em;text-transform:uppercase;
      color:var(--muted);margin:2.4rem 0 .4rem;padding-bottom:.4rem;border-bottom:1px solid var(--rule)}
    h3{font-size:1.13rem;line-height:1.35;font-weight:600;margin:.1rem 0 .15rem;text-wrap:pretty}
    h3 a{color:var(--ink);text-decoration-color:transparent}
    h3 a:hover{color:var(--link);text-decoration-color:currentColor}
    p{margin:.4rem 0}
    .lead{color:var(--muted);font-size:1.02rem}
    .count,.via,.nothing,.hint{color:var(--muted);font-weight:400}
    .nothing{padding:1rem 0}
    .hint{font-size:.82rem}
    .note{border-left:3px solid var(--warning);padding:.1rem 0 .1rem .8rem;font-size:.95rem}
    code{font:.86em/1.4 ui-monospace,"SF Mono","DejaVu Sans Mono",Menlo,Consolas,monospace;background:var(--raised);
      padding:.1em .35em;border-radius:3px}
    mark{background:var(--mark);color:var(--on-mark);padding:0 .15em;border-radius:2px}
    blockquote{margin:.7rem 0;padding:.2rem 0 .2rem 1rem;border-left:3px solid var(--rule)}

    ol,ul{list-style:none;margin:0;padding:0}
    .alerts>li,.lines>li,.members>li,.feeds>li,.edits>li{padding:.95rem 0;border-bottom:1px solid var(--rule)}
    .alerts>li:last-child,.lines>li:last-child,.members>li:last-child,.feeds>li:last-child{border-bottom:0}
    .alert{position:relative}
    .alert::before{content:"";position:absolute;left:-1.25rem;top:1.15rem;bottom:1.15rem;width:3px;background:transparent}
    .alert.notice::before{background:var(--notice)}
    .alert.warning::before{background:var(--warning)}
    .alert.critical::before{background:var(--critical)}
    .fresh{animation:fresh 6s ease-out}
    @keyframes fresh{from{background:var(--mark)}to{background:transparent}}
    @media (prefers-reduced-motion:reduce){.fresh{animation:none;outline:1px solid var(--link);outline-offset:4px}}
    .kicker,.under,.why,.spans,.more{font-size:.82rem;color:var(--muted)}
    .kicker{display:flex;flex-wrap:wrap;gap:.15rem .75rem;align-items:baseline;margin:0}
    .kicker a{color:var(--muted);text-decoration:none}
    .kicker a:hover{color:var(--link);text-decoration:underline}
    .clock,.lag,.number,time{font-variant-numeric:tabular-nums}
    .under{margin:.15rem 0 0}
    .under a{color:var(--muted)}
    .severity{font-weight:600}
    .severity.info{color:var(--info)}.severity.notice{color:var(--notice)}
    .severity.warning{color:var(--warning)}.severity.critical{color:var(--critical)}
    .state{border:1px solid var(--rule);border-radius:3px;padding:0 .4em;font-size:.92em;line-height:1.5}
    .state.failing,.state.dead{color:var(--critical);border-color:currentColor}
    .state.gone{color:var(--warning);border-color:currentColor}
    .why{margin:.45rem 0 0;display:flex;flex-wrap:wrap;gap:.35rem .9rem}
    .why li{max-width:100%}
    .troubles ul{font-size:.95rem}
    .troubles li{padding:.2rem 0}
    .spans{display:flex;flex-wrap:wrap;gap:.1rem 1rem}
    .spans a{color:var(--muted);text-decoration:none;padding:.3rem 0;border-bottom:2px solid transparent}
    .spans a[aria-current]{color:var(--ink);border-color:var(--link)}
    .more{display:flex;gap:1.2rem;padding-top:.6rem}
    .lag{min-width:3.4rem;color:var(--ink);font-weight:600}
    .copy h3 a{font-weight:400}

    .diff{font-size:.98rem}
    del{color:var(--gone);text-decoration-thickness:1px}
    ins{color:var(--came);text-decoration-thickness:1px;text-underline-offset:.2em}
    .text{max-width:38rem}

    .facts{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.4rem;font-size:.9rem;margin:1rem 0}
    dt{color:var(--muted)}dd{margin:0}
    .chips{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.86rem}
    th,td{text-align:start;font-weight:400;padding:.42rem 1rem .42rem 0;border-bottom:1px solid var(--rule);
      vertical-align:baseline;white-space:nowrap}
    thead th{color:var(--muted);font-size:.92em}
    tbody th{white-space:normal;min-width:9rem;font-size:1.04em}
    td.number{text-align:end}
    td.bar{width:8rem;min-width:4rem}
    td time{color:var(--muted)}
    .part{width:100%;height:.5rem;display:block}
    .part rect,.chart rect{fill:var(--link)}
    .chart{width:100%;height:auto;display:block;overflow:visible}
    .chart line{stroke:var(--rule)}
    .chart text{fill:var(--muted);font-size:12px}
    .chart .dot{fill:var(--link)}
    .chart .dot.copy{fill:var(--paper);stroke:var(--link);stroke-width:2}
    figure{margin:1.4rem 0}
    figcaption{font-size:.8rem;color:var(--muted);margin-top:.4rem}

    input,select,button{font:inherit;color:inherit;background:var(--raised);border:1px solid var(--muted);border-radius:4px;
      padding:.35rem .6rem;min-height:2.2rem}
    button{background:var(--ink);color:var(--paper);border-color:var(--ink);padding:.35rem 1.1rem;cursor:pointer}
    ::placeholder{color:var(--muted);opacity:1}
    .ask{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;font-size:.9rem;margin:1.2rem 0}
    .ask label{flex-basis:100%;color:var(--muted)}
    .ask label.short{flex-basis:auto}
    .ask input{flex:1;min-width:12rem}

    @media (max-width:34rem){
      html{font-size:16px}
      body{padding:0 1rem 2rem}
      .alert::before{left:-1rem}
      h1{font-size:1.55rem;margin-top:1.4rem}
      nav{order:3;flex-basis:100%;justify-content:space-between;gap:.2rem .6rem}
      header form{flex:1}
      header input{width:100%}
      .facts{grid-template-columns:1fr;gap:.1rem}
      dd{margin-bottom:.6rem}
      table,tbody{display:block}
      thead{position:absolute;left:-99rem}
      tbody tr{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem 1rem;padding:.6rem 0;
        border-bottom:1px solid var(--rule)}
      tbody th,tbody td{white-space:normal;min-width:0;padding:0;border:0}
      tbody th,td.bar{flex-basis:100%}
      td[data-head]::before{content:attr(data-head) " ";color:var(--muted)}
    }
    @media print{header form,footer,.spans,.ask{display:none}}

    """
}
