namespace Betar.X402.Selling;

/// <summary>Writes down what a web seller was paid and how much of it was kept.</summary>
public interface ISaleBook
{
    /// <summary>The money has moved to the seller. Saying it again changes nothing.</summary>
    Task PaidAsync(PaidSale sale, CancellationToken cancellationToken);

    /// <summary>The work has ended: so much is kept, what else was paid is owed. Only the first time counts.</summary>
    /// <param name="key">The payment.</param>
    /// <param name="kept">Zero where the work failed.</param>
    /// <param name="usage">What it took of models; null: nobody said.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task KeptAsync(PaymentKey key, AtomicAmount kept, UsedTokens? usage, CancellationToken cancellationToken);
}
