using System.Collections.Concurrent;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Trading;

namespace Betar.Cluster.Tests.Workflows;

/// <summary>Sellers as purchases see them: an id is paid once, and has one answer from then on. What an agent does stands in its id.</summary>
internal sealed class FakeTrader : ITrader
{
    private readonly ConcurrentDictionary<string, FakePurchase> _purchases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Agent, string Input), int> _tries = new();

    public ICollection<FakePurchase> Purchases => _purchases.Values;

    /// <summary>Before an order is answered; may wait, or throw as a broken call does.</summary>
    public Func<TradeOrder, CancellationToken, Task>? Before { get; set; }

    /// <summary>After it was answered, before the answer is heard.</summary>
    public Func<TradeOrder, Task>? After { get; set; }

    public List<TradeOrder> Orders { get; } = [];

    public async Task<PurchaseResult> TradeAsync(TradeOrder order, CancellationToken cancellationToken)
    {
        lock (Orders)
            Orders.Add(order);
        if (Before is { } before)
            await before(order, cancellationToken);
        FakePurchase purchase = _purchases.GetOrAdd(order.PurchaseId, _ => new FakePurchase(order, _tries.AddOrUpdate((order.Agent, order.Input), 1, (_, tries) => tries + 1)));
        Assert.Equal((purchase.Order.Agent, purchase.Order.Input), (order.Agent, order.Input));
        PurchaseResult result = cancellationToken.IsCancellationRequested ? purchase.GivenUp() : purchase.Ask();
        if (After is { } after)
            await after(order);
        return result;
    }
}
