using System.Diagnostics.Metrics;
using System.Globalization;
using Betar.Node.Composition;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Node.Http.Metering;

/// <summary>Money and orders as the ledger has them, on the meter "Betar". Gauges for people: the ledger itself counts exactly.</summary>
internal sealed class MoneyGauges : IDisposable
{
    private readonly Meter _meter = new("Betar");
    private readonly ILedger _ledger;
    private LedgerTotals? _totals;
    private IReadOnlyList<LedgerEntry> _owed = [];
    private int _open;

    public MoneyGauges(ILedger ledger)
    {
        _ledger = ledger;
        _meter.CreateObservableGauge("betar.money.atomic", Money, description: "Money in the token's smallest units, by where it is: in, delivered, refunded, held, and owed, which is the part of held that has to go back.");
        _meter.CreateObservableGauge("betar.orders.count", () => _totals?.Orders ?? 0, description: "Orders in the ledger.");
        _meter.CreateObservableGauge("betar.orders.open", () => _open, description: "Orders whose last word is not said: reserved, settled, or owed.");
    }

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        _totals = await _ledger.TotalsAsync(cancellation);
        _open = (await _ledger.OpenOrdersAsync(cancellation)).Count;
        _owed = await OrderViews.OwedAsync(_ledger, cancellation);
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> Money()
    {
        if (_totals is not { } totals)
            yield break;
        foreach (LedgerAssetTotals asset in totals.Assets)
        {
            yield return Of("in", asset.In, asset);
            yield return Of("delivered", asset.Delivered, asset);
            yield return Of("refunded", asset.Refunded, asset);
            yield return Of("held", asset.Held, asset);
            yield return Of("owed", OrderViews.Sum(_owed, asset), asset);
        }
    }

    private static Measurement<double> Of(string where, AtomicAmount amount, LedgerAssetTotals asset) => new(
        double.Parse(amount.ToString(), CultureInfo.InvariantCulture), new("where", where), new("network", asset.Network.ToString()));
}
