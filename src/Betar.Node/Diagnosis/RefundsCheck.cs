using System.Runtime.CompilerServices;
using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Storage;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Node.Diagnosis;

/// <summary>Refunds that are owed: a buyer waits for money.</summary>
internal sealed class RefundsCheck : IDoctorCheck
{
    private const string Name = "refunds";

    public async IAsyncEnumerable<Finding> LookAsync(CommandContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!File.Exists(context.Data.Database))
            yield break;
        if (await ReadAsync(context, cancellation) is not { } owed)
            yield break;
        if (owed.Count == 0)
        {
            yield return Finding.Ok(Name, "nothing is owed");
            yield break;
        }

        AtomicAmount sum = owed.Aggregate(AtomicAmount.Zero, (sum, entry) => sum + entry.Amount);
        TimeSpan waiting = context.Time.GetUtcNow() - owed.Min(entry => entry.At);
        string account = new Folder.Wallets(context.Data, context.Environment).List()
            .FirstOrDefault(wallet => wallet.Name == SellerKeys.RefundName)?.Address?.ToString() ?? "the refund account";
        yield return Finding.Wrong(Name, $"{owed.Count} refund(s) of {sum.ToUsdc()} USDC are owed, the oldest for {(int)waiting.TotalMinutes} min",
            $"see that {account} has at least that much, and run betar refund retry");
    }

    /// <summary>Null when the database cannot be read, which its own check says.</summary>
    private static async Task<IReadOnlyList<LedgerEntry>?> ReadAsync(CommandContext context, CancellationToken cancellation)
    {
        try
        {
            await using var database = BetarDatabase.OpenReadOnly(context.Data.Database, time: context.Time);
            return await OrderViews.OwedAsync(database.Ledger, cancellation);
        }
        catch (StorageException)
        {
            return null;
        }
    }
}
