namespace Betar.Storage.Tests.Database;

/// <summary>A process that opens the file for reading where it is, and says what it finds. Argument: PATH.</summary>
internal static class ReadOnlyProbe
{
    public const string Verb = "read";

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var database = BetarDatabase.OpenReadOnly(args[0]);
            var report = await database.Ledger.VerifyAsync(default);
            Console.WriteLine($"{report.Totals.Entries} entries, {report.Faults.Count} faults");
        }
        catch (StorageException refused)
        {
            Console.WriteLine(refused.Failure);
        }

        return 0;
    }
}
