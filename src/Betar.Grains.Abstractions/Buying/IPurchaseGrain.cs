using Orleans.Concurrency;

namespace Betar.Grains.Abstractions.Buying;

/// <summary>[purchase id] Buys one task from a remote agent: quote, budget, sign once, pay, keep result and receipt.</summary>
[Alias("betar.IPurchaseGrain")]
public interface IPurchaseGrain : IGrainWithStringKey
{
    /// <summary>Buys, or goes on where an earlier call stopped. Another intent under the same id is a conflict.</summary>
    [Alias("Buy"), ResponseTimeout("00:30:00")]
    Task<PurchaseResult> Buy(PurchaseIntent intent);

    /// <summary>Asks the seller again with the same payment; signs nothing.</summary>
    [Alias("Repeat"), ResponseTimeout("00:30:00")]
    Task<PurchaseResult> Repeat();

    /// <summary>
    /// Pieces of the answer to the purchase that is about to be made; the first, empty one says that it will be asked for pieces, and waited for as long
    /// as they come. They are not yet the answer.
    /// </summary>
    [Alias("Listen")]
    IAsyncEnumerable<string> Listen(CancellationToken cancellationToken);

    /// <summary>What is known now, also while the purchase is under way: a wallet asks when it finds an old reservation.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<PurchaseResult> Get();

    /// <summary>What was signed for, or bought free of charge, under this id; null: nothing yet.</summary>
    [Alias("GetIntent"), AlwaysInterleave]
    Task<PurchaseIntent?> GetIntent();

    /// <summary>The buyer waits no longer: unless the payment is signed already, none will be by the call under way. Says how far it is.</summary>
    [Alias("GiveUp"), AlwaysInterleave]
    Task<PurchaseResult> GiveUp();
}
