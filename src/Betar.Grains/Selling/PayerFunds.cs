using System.Collections.Concurrent;
using Betar.Ethereum;
using Betar.Grains.Settlement;
using Betar.X402;
using Betar.X402.Networks;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Selling;

/// <summary>
/// Whether a payer has what it pays with, asked before anything is taken: a transfer that reverts costs the seller its gas, and tells the buyer
/// nothing. Whoever paid a moment ago is not asked for.
/// </summary>
public sealed class PayerFunds(IChainClient chain, PaymentAsset asset, IOptions<SellingOptions> options, TimeProvider time)
{
    /// <summary>Payers that are remembered; with more, all are asked for again.</summary>
    public const int MaxRemembered = 10_000;

    private static readonly Refusal s_tooLow = new()
    {
        Code = RefusalCodes.WalletTooLow, Message = $"{RevertReasons.InsufficientBalance}: the payer has less than the price; nothing was taken.", Retryable = true,
    };

    private readonly Eip3009Token _token = new(chain, asset.Address);
    private readonly ConcurrentDictionary<Address, long> _paid = new();

    /// <summary>Null: it has enough, or nobody knows, and the settlement will say.</summary>
    public async ValueTask<Refusal?> FindObstacleAsync(Address payer, AtomicAmount amount, CancellationToken cancellationToken)
    {
        if (!options.Value.RequirePayerFunds || IsRemembered(payer))
            return null;
        RpcOutcome<UInt256> balance = await _token.BalanceOfAsync(payer, cancellationToken);
        return balance.TryGetValue(out UInt256 units) && units < amount.Units ? s_tooLow : null;
    }

    /// <summary>It paid, or it did not.</summary>
    public void Remember(Address payer, bool paid)
    {
        if (!paid)
        {
            _paid.TryRemove(payer, out _);
            return;
        }
        if (_paid.Count >= MaxRemembered)
            _paid.Clear();
        _paid[payer] = time.GetTimestamp();
    }

    private bool IsRemembered(Address payer) => _paid.TryGetValue(payer, out long at) && time.GetElapsedTime(at) < options.Value.PayerMemory;
}
