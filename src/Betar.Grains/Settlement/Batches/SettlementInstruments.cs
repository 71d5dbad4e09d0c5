using System.Diagnostics.Metrics;

namespace Betar.Grains.Settlement.Batches;

/// <summary>What settlers count.</summary>
internal static class SettlementInstruments
{
    private static readonly Meter s_meter = new("Betar");

    private static readonly Histogram<int> s_batchSize = s_meter.CreateHistogram<int>(
        "betar.settlement.batch_size", "{transfer}", "Transfers in one transaction, of transactions that carry more than one.");

    public static void BatchSent(int transfers) => s_batchSize.Record(transfers);
}
