using System.Text.Json;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Ledger;

/// <summary><c>betar ledger verify --chain</c> after a demo, on each chain of this machine.</summary>
public sealed class LedgerVerifyChainTests
{
    [Fact]
    public async Task A_devnet_that_was_stopped_is_asked_again_and_agrees()
    {
        using var temp = new TempFolder();
        await DemoAsync(temp, "devnet");
        CliRun run = await NodeProgram.RunAsync("ledger", "verify", "--chain", "--json", "--data", temp.Path);

        AssertAgrees(run, "eip155:84532");
        Assert.False(File.Exists(temp.Data.DevnetInfo));
    }

    [Fact]
    public async Task An_anvil_that_runs_agrees_and_one_that_is_gone_cannot_say()
    {
        using var temp = new TempFolder();
        using (var chain = NodeProgram.Start("chain", "up", "--json", "--data", temp.Path))
        {
            await chain.ReadLineAsync();
            await DemoAsync(temp, "anvil");
            AssertAgrees(await NodeProgram.RunAsync("ledger", "verify", "--chain", "--json", "--data", temp.Path), "eip155:31337");
            await chain.SignalAsync("TERM");
            await chain.EndAsync();
        }

        (await NodeProgram.RunAsync("ledger", "verify", "--chain", "--json", "--data", temp.Path)).AssertRefused("BTR-5001", 1);
        Assert.Equal(0, (await NodeProgram.RunAsync("ledger", "verify", "--data", temp.Path)).ExitCode);
    }

    [Fact]
    public async Task A_chain_that_never_had_the_transactions_disagrees()
    {
        using var temp = new TempFolder();
        await DemoAsync(temp, "devnet");
        File.Delete(temp.Data.DevnetDatabase);
        using var other = await RunningDevnet.StartAsync(temp);
        CliRun run = await NodeProgram.RunAsync("ledger", "verify", "--chain", "--json", "--data", temp.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("BTR-2023: Ledger and chain disagree 6 time(s)", run.Error, StringComparison.Ordinal);
        JsonElement json = run.Json();
        Assert.False(json.GetProperty("ok").GetBoolean());
        Assert.All(json.GetProperty("chains")[0].GetProperty("faults").EnumerateArray(), fault => Assert.Equal("NotOnChain", fault.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task A_ledger_that_lost_its_entries_has_the_chain_against_it()
    {
        using var temp = new TempFolder();
        await DemoAsync(temp, "devnet");
        foreach (string file in Directory.EnumerateFiles(temp.Path, "betar.db*"))
            File.Delete(file);
        await using (Storage.BetarDatabase.Open(temp.Data.Database))
        {
        }

        CliRun run = await NodeProgram.RunAsync("ledger", "verify", "--chain", "--data", temp.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("BTR-2023: Ledger and chain disagree 6 time(s)", run.Error, StringComparison.Ordinal);
        Assert.Contains("fault: ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_refund_account_it_cannot_tell_refunds_from_other_money()
    {
        using var temp = new TempFolder();
        await DemoAsync(temp, "devnet");
        File.Delete(Path.Combine(temp.Data.Keystore, "refund.json"));
        (await CliRun.RunAsync("ledger", "verify", "--chain", "--data", temp.Path)).AssertRefused("BTR-2043", 1);
    }

    private static async Task DemoAsync(TempFolder temp, string network)
    {
        CliRun demo = await NodeProgram.RunAsync("demo", "--network", network, "--once", "--json", "--data", temp.Path);
        Assert.Equal((0, ""), (demo.ExitCode, demo.Error));
    }

    private static void AssertAgrees(CliRun run, string network)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement json = run.Json(), chain = Assert.Single(json.GetProperty("chains").EnumerateArray());
        Assert.True(json.GetProperty("ok").GetBoolean() && chain.GetProperty("ok").GetBoolean());
        Assert.Equal((network, 6), (chain.GetProperty("network").GetString(), chain.GetProperty("rows").GetInt32()));
        Assert.Equal(0, chain.GetProperty("faults").GetArrayLength());
    }
}
