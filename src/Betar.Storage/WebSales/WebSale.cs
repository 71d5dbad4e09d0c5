using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Selling;

namespace Betar.Storage.WebSales;

/// <summary>One sale over HTTP, with what became of its money.</summary>
/// <param name="Id">Counts up; the newest has the greatest.</param>
/// <param name="Sale">What was paid.</param>
/// <param name="At">When.</param>
/// <param name="Kept">How much is earned; null while the work is under way.</param>
/// <param name="Usage">What it took of models; all zero where nobody said.</param>
/// <param name="GoesBack">What of it is owed or was paid back; zero: nothing.</param>
/// <param name="PaidBack">The transaction that paid it back; empty: none has.</param>
public sealed record WebSale(long Id, PaidSale Sale, DateTimeOffset At, AtomicAmount? Kept, UsedTokens Usage, AtomicAmount GoesBack, string PaidBack)
{
    /// <summary>Where all of the money is known to be: earned, owed, or gone back.</summary>
    public bool IsConserved => Kept is not { } kept ? GoesBack <= Sale.Money.Amount : AtomicAmount.TryAdd(kept, GoesBack, out var sum) && sum == Sale.Money.Amount;

    public Address Payer => Sale.Money.Payer;

    public WebSaleState State => PaidBack.Length > 0 ? (Kept is { IsZero: false } ? WebSaleState.RestPaidBack : WebSaleState.Refunded)
        : !GoesBack.IsZero ? (Kept is { IsZero: false } ? WebSaleState.RestOwed : WebSaleState.RefundOwed)
        : Kept is null ? WebSaleState.Settled : WebSaleState.Delivered;
}
