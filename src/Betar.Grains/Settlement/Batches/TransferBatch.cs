using Betar.Ethereum;

namespace Betar.Grains.Settlement.Batches;

/// <summary>Transfers that wait to go in one transaction.</summary>
/// <param name="most">How many.</param>
/// <param name="mostGas">The most that its transaction may take; one transfer goes in whatever it takes.</param>
internal sealed class TransferBatch(int most, ulong mostGas)
{
    private readonly List<IChainOrder> _orders = [];
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _gas = Multicall3.BaseGas;

    public IReadOnlyList<IChainOrder> Orders => _orders;

    /// <summary>Ends when nothing more goes in.</summary>
    public Task Full => _full.Task;

    /// <returns>False when it does not fit in beside the others.</returns>
    public bool TryAdd(IChainOrder order)
    {
        ulong gas = _gas + Multicall3.GasOf(order.Call);
        if (_orders.Count > 0 && (_orders.Count >= most || gas > mostGas))
        {
            _full.TrySetResult();
            return false;
        }
        _orders.Add(order);
        _gas = gas;
        if (_orders.Count == most)
            _full.TrySetResult();
        return true;
    }
}
