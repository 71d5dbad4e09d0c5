using System.Runtime.CompilerServices;
using Betar.Node.Cli;
using Betar.Storage;

namespace Betar.Node.Diagnosis;

internal sealed class DatabaseCheck : IDoctorCheck
{
    public async IAsyncEnumerable<Finding> LookAsync(CommandContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!File.Exists(context.Data.Database))
        {
            yield return Finding.Ok("database", "not there yet; the first node makes it");
            yield break;
        }

        await using var database = BetarDatabase.OpenReadOnly(context.Data.Database, time: context.Time);
        var totals = await database.Ledger.TotalsAsync(cancellation);
        yield return totals.Conserved
            ? Finding.Ok("database", $"{context.Data.Database}, {totals.Entries} ledger entries, sums agree")
            : Finding.Wrong("database", $"{context.Data.Database}: the ledger's sums do not agree", "run betar ledger verify");
    }
}
