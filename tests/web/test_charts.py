"""Pictures: bars in proportion from zero, and every value also in words."""

from grants.web.charts import BAR_WIDTH, LABEL_WIDTH, shares


def test_bars_are_in_proportion_and_said() -> None:
    rows = [("avr.", 1000, "100,0 %"), ("mai", 500, "50,0 %"), ("juin", None, "rien d’échu")]
    chart = shares(rows, 95)
    assert [bar.width for bar in chart.bars] == [BAR_WIDTH, BAR_WIDTH // 2, 0]
    assert chart.target == LABEL_WIDTH + BAR_WIDTH * 95 // 100
    assert chart.description == ("avr.\u00a0: 100,0 %; mai\u00a0: 50,0 %; juin\u00a0: rien d’échu.")
    tops = [bar.top for bar in chart.bars]
    assert tops == sorted(tops) and tops[-1] + chart.thickness < chart.height
    assert chart.left + BAR_WIDTH < chart.value_left < chart.width
