using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Betar.Interop.Tests.Partner;
using Betar.Node.Demo;
using Betar.Node.Http.Metering;

namespace Betar.Node.Tests.Interop;

/// <summary>Each promise has a figure, and the figures of a node that has sold and paid back say so.</summary>
[Collection(TradeCollection.Name)]
public sealed class PromisedMetricsTests(TradeWorld world)
{
    /// <summary>Orders by their end, money by where it is, what agents do, how long each stage takes, and every kind of limit.</summary>
    private static readonly (string Series, bool HasHappened)[] s_promised =
    [
        ("betar_payments_answers_total{end=\"Delivered\"}", true),
        ("betar_payments_answers_total{end=\"Refunded\"}", true),
        ("betar_orders_count", true),
        ("betar_orders_open", false),
        ("betar_money_atomic{network=\"NETWORK\",where=\"in\"}", true),
        ("betar_money_atomic{network=\"NETWORK\",where=\"delivered\"}", true),
        ("betar_money_atomic{network=\"NETWORK\",where=\"refunded\"}", true),
        ("betar_money_atomic{network=\"NETWORK\",where=\"held\"}", false),
        ("betar_money_atomic{network=\"NETWORK\",where=\"owed\"}", false),
        ("betar_refunds_uncovered_total", false),
        ("betar_agents_tasks_total{end=\"done\"}", true),
        ("betar_agents_running", false),
        ("betar_agents_waiting", false),
        ("betar_agents_limit_hits_total", false),
        ("betar_payments_stage_duration_seconds_count{stage=\"reserve\"}", true),
        ("betar_payments_stage_duration_seconds_count{stage=\"settle\"}", true),
        ("betar_payments_stage_duration_seconds_count{stage=\"execute\"}", true),
        ("betar_payments_stage_duration_seconds_count{stage=\"answer\"}", true),
        ("betar_x402_limit_hits_total", false),
        ("betar_libp2p_limit_hits_total", false),
    ];

    [Fact]
    public async Task Every_promise_has_a_figure_that_moves()
    {
        using var collector = new MetricCollector(1_000);
        using var money = new MoneyGauges(world.Node.Ledger);
        await using JsCustomer customer = await world.CustomerAsync();
        JsonObject math = await customer.ListedAsync(DemoAgents.Math);
        foreach (string task in new[] { "2 + 5", "2 / 0" })
            await customer.ShowAsync((await customer.SignAsync(math, task)).Frame);

        await money.RefreshAsync(default);
        string text = collector.Write();

        Assert.All(s_promised, promised =>
        {
            string series = promised.Series.Replace("NETWORK", world.Node.Chain.Asset.Network.ToString(), StringComparison.Ordinal);
            string[] values = [.. text.Split('\n').Where(line => Regex.IsMatch(line, $"^{Regex.Escape(series)}(\\{{.*\\}})? ")).Select(line => line[(line.LastIndexOf(' ') + 1)..])];
            Assert.True(values.Length > 0, series);
            if (promised.HasHappened)
                Assert.True(double.Parse(Assert.Single(values), CultureInfo.InvariantCulture) > 0, series);
        });
    }
}
