using System.Text;
using Betar.Ethereum;
using Betar.Node.Tests.Support;
using Betar.Storage;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Node.Tests.Ledger;

public sealed class LedgerVerifyTests
{
    [Fact]
    public async Task Without_a_ledger_it_says_so_and_makes_none()
    {
        using var temp = new TempFolder();

        (await CliRun.RunAsync("ledger", "verify", "--data", temp.Path)).AssertRefused("BTR-2016", 1);

        Assert.Empty(Directory.EnumerateFileSystemEntries(temp.Path));
    }

    [Fact]
    public async Task What_came_in_is_delivered_refunded_or_held()
    {
        using var temp = new TempFolder();
        await using (var database = BetarDatabase.Open(temp.Data.Database))
            await FillAsync(database.Ledger);

        var run = await CliRun.RunAsync("ledger", "verify", "--json", "--data", temp.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var json = run.Json();
        Assert.Equal(("6000", "1000", "2000", "3000"), (Text("in"), Text("delivered"), Text("refunded"), Text("held")));
        Assert.True(json.GetProperty("ok").GetBoolean() && json.GetProperty("conserved").GetBoolean());
        Assert.Equal((4, 0), (json.GetProperty("orders").GetInt32(), json.GetProperty("faults").GetArrayLength()));

        string? Text(string name) => json.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_person_reads_usdc()
    {
        using var temp = new TempFolder();
        await using (var database = BetarDatabase.Open(temp.Data.Database))
            await FillAsync(database.Ledger);

        var run = await CliRun.RunAsync("ledger", "verify", "--data", temp.Path);

        Assert.Matches("in +0.006 USDC", run.Out);
        Assert.Contains("Conserved: in = delivered + refunded + held.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_works_beside_a_running_node()
    {
        using var temp = new TempFolder();
        await using var database = BetarDatabase.Open(temp.Data.Database);
        await FillAsync(database.Ledger);

        Assert.Equal(0, (await NodeProgram.RunAsync("ledger", "verify", "--json", "--data", temp.Path)).ExitCode);
    }

    [Fact]
    public async Task An_entry_that_was_changed_is_found_and_named()
    {
        using var temp = new TempFolder();
        await using (var database = BetarDatabase.Open(temp.Data.Database))
            await FillAsync(database.Ledger);
        Replace(temp.Data.Database, "agent-delivered", "agent-dElivered");

        var run = await CliRun.RunAsync("ledger", "verify", "--json", "--data", temp.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("BTR-2021: The ledger has ", run.Error, StringComparison.Ordinal);
        Assert.False(run.Json().GetProperty("ok").GetBoolean());
        Assert.NotEqual(0, run.Json().GetProperty("faults").GetArrayLength());
    }

    private static async Task FillAsync(ILedger ledger)
    {
        await WriteAsync(ledger, 1, "agent-delivered", 1000, LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered);
        await WriteAsync(ledger, 2, "agent-refunded", 2000, LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.RefundOwed, LedgerKind.Refunded);
        await WriteAsync(ledger, 3, "agent-held", 3000, LedgerKind.Reserved, LedgerKind.Settled);
        await WriteAsync(ledger, 4, "agent-refused", 4000, LedgerKind.Reserved, LedgerKind.Refused);
    }

    private static async Task WriteAsync(ILedger ledger, int number, string agent, ulong amount, params LedgerKind[] kinds)
    {
        var payment = new PaymentKey(NetworkId.Parse("eip155:84532"), Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e"),
            Address.Parse("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23"), Nonce.Parse("0x" + number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture)));
        foreach (var (index, kind) in kinds.Index())
        {
            var result = await ledger.AppendAsync(new LedgerAppend(payment, index, kind, agent, amount, "", Encoding.UTF8.GetBytes("{}")), CancellationToken.None);
            Assert.Equal(AppendStatus.Appended, result.Status);
        }
    }

    private static void Replace(string file, string old, string changed)
    {
        var content = Encoding.Latin1.GetString(File.ReadAllBytes(file));
        Assert.Contains(old, content, StringComparison.Ordinal);
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(content.Replace(old, changed, StringComparison.Ordinal)));
    }
}
