using Betar.Ethereum;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>
/// The walk along the orders, each in the order of its indexes: links, legal transitions, equal amounts; and from these
/// entries alone the sums and the open orders.
/// </summary>
internal sealed class OrderCheck
{
    private readonly FaultList faults;
    private readonly LedgerSums sums = new();
    private readonly SortedDictionary<long, long> open = [];
    private ChainLink last;
    private long first;

    public OrderCheck(FaultList faults) => this.faults = faults;

    public long Orders { get; private set; }

    public void Add(in ChainLink link)
    {
        if (Orders > 0 && link.Payment == last.Payment)
        {
            CheckNext(link);
        }
        else
        {
            EndOrder();
            Orders++;
            first = link.Sequence;
            CheckFirst(link);
        }

        CountFlow(link);
        last = link;
    }

    /// <summary>Sums and counts from the entries; call it once, after the last link.</summary>
    public LedgerTotals Finish(long entries, KeptState kept)
    {
        EndOrder();
        var totals = sums.ToTotals(Orders, entries);
        foreach (var asset in totals.Assets.Where(asset => !asset.Conserved))
        {
            faults.Add(LedgerFaultKind.Conservation, 0,
                $"{asset.In} units of {asset.Asset} on {asset.Network} came in, but {asset.Delivered} delivered, {asset.Refunded} refunded and {asset.Held} held do not add up to that.");
        }

        if (kept.Orders != Orders)
            faults.Add(LedgerFaultKind.Totals, 0, $"The head counts {kept.Orders} orders, there are {Orders}.");
        if (!kept.Totals.Assets.Where(HasMoney).SequenceEqual(totals.Assets.Where(HasMoney)))
            faults.Add(LedgerFaultKind.Totals, 0, "The sums that are kept differ from the sums of the entries.");
        CheckOpen(kept);
        return totals;
    }

    private static bool HasMoney(LedgerAssetTotals asset) =>
        !(asset.In.IsZero && asset.Delivered.IsZero && asset.Refunded.IsZero && asset.Held.IsZero);

    private void CheckFirst(in ChainLink link)
    {
        if (link.Index != 0)
            faults.Add(LedgerFaultKind.Index, link.Sequence, $"Entry {link.Sequence} begins its order with index {link.Index}.");
        if (link.PreviousHash != Hash32.Zero)
            faults.Add(LedgerFaultKind.Link, link.Sequence, $"Entry {link.Sequence} begins its order but points at an entry before it.");
        if (!LedgerTransitions.IsFirst(link.Kind))
            faults.Add(LedgerFaultKind.Transition, link.Sequence, $"Entry {link.Sequence} begins its order with {link.Kind}.");
    }

    private void CheckNext(in ChainLink link)
    {
        if (link.Index != last.Index + 1)
            faults.Add(LedgerFaultKind.Index, link.Sequence, $"Entry {link.Sequence} has index {link.Index} after {last.Index}.");
        if (link.PreviousHash != last.Hash)
            faults.Add(LedgerFaultKind.Link, link.Sequence, $"Entry {link.Sequence} does not point at entry {last.Sequence}.");
        if (!LedgerTransitions.IsLegal(last.Kind, link.Kind))
            faults.Add(LedgerFaultKind.Transition, link.Sequence, $"Entry {link.Sequence} is {link.Kind} after {last.Kind}.");
        if (link.Amount != last.Amount)
            faults.Add(LedgerFaultKind.Amount, link.Sequence, $"Entry {link.Sequence} has the amount {link.Amount}, its order {last.Amount}.");
        if (link.Sequence <= last.Sequence)
            faults.Add(LedgerFaultKind.Index, link.Sequence, $"Entry {link.Sequence} comes before entry {last.Sequence} that it follows.");
    }

    private void CountFlow(in ChainLink link)
    {
        if (!LedgerTransitions.MovesMoney(link.Kind))
            return;
        var asset = sums.For(link.Payment.Network, link.Payment.Asset);
        switch (link.Kind)
        {
            case LedgerKind.Settled:
                asset.In += link.Amount;
                break;
            case LedgerKind.Delivered:
                asset.Delivered += link.Amount;
                break;
            case LedgerKind.Refunded:
                asset.Refunded += link.Amount;
                break;
        }
    }

    private void EndOrder()
    {
        if (Orders == 0 || LedgerTransitions.IsEnd(last.Kind))
            return;
        open[first] = last.Sequence;
        if (LedgerTransitions.HoldsMoney(last.Kind))
            sums.For(last.Payment.Network, last.Payment.Asset).Held += last.Amount;
    }

    private void CheckOpen(KeptState kept)
    {
        var known = kept.Open.ToDictionary();
        foreach (var (start, end) in open)
        {
            if (!known.Remove(start, out var keptEnd) || keptEnd != end)
                faults.Add(LedgerFaultKind.Totals, end, $"The order of entry {start} is open at entry {end}, but the list of open orders does not say so.");
        }

        foreach (var start in known.Keys)
            faults.Add(LedgerFaultKind.Totals, start, $"The list of open orders names entry {start}, which begins no open order.");
    }
}
