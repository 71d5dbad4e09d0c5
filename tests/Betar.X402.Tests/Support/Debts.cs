using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Selling;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Support;

/// <summary>What a seller owes, in memory, with the rules of the one on disk.</summary>
internal sealed class Debts : IOwedPayments
{
    private readonly List<OwedPayment> _owed = [];

    internal Dictionary<PaymentKey, string> PaidBack { get; } = [];

    internal List<PaymentKey> Taken { get; } = [];

    /// <summary>Its work was begun again.</summary>
    internal bool IsBusy { get; set; }

    internal Exception? Fault { get; set; }

    internal int Looks { get; private set; }

    internal OwedPayment Owe(int number, OwedMoney? money, Address? token = null)
    {
        var key = new PaymentKey(
            NetworkId.BaseSepolia, token ?? PaymentAsset.BaseSepoliaUsdc.Address, Address.Parse(Vectors.Payer), Nonce.Parse($"0x{number:x64}"));
        var settlement = new SettleResponse { Success = true, Network = NetworkId.BaseSepolia.ToString(), Transaction = $"0x{number:x64}" };
        var debt = new OwedPayment(key, money?.Beside(settlement) ?? settlement, $"/work?{number}", DateTimeOffset.UnixEpoch);
        _owed.Add(debt);
        return debt;
    }

    public Task<IReadOnlyList<OwedPayment>> ListAsync(CancellationToken cancellationToken)
    {
        Looks++;
        return Fault is { } fault
            ? Task.FromException<IReadOnlyList<OwedPayment>>(fault)
            : Task.FromResult<IReadOnlyList<OwedPayment>>([.. _owed.Where(debt => !PaidBack.ContainsKey(debt.Payment))]);
    }

    public Task<bool> TakeAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        Taken.Add(key);
        return Task.FromResult(!IsBusy);
    }

    public Task<bool> PaidBackAsync(PaymentKey key, string transaction, CancellationToken cancellationToken) => Task.FromResult(PaidBack.TryAdd(key, transaction));
}
