using System.Diagnostics;
using System.Text.Json;
using Betar.Node.Devnet;
using Betar.Node.Folder;
using Betar.Node.Tests.Crash;
using Betar.Node.Tests.Support;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.EndToEnd;

/// <summary>The machine is gone after its last backup; the chain is not, and it knows of a sale that the backup does not.</summary>
public sealed class RestoreDrillTests
{
    [Fact]
    public async Task What_was_sold_after_the_backup_is_told_and_its_buyer_gets_what_he_paid_for_and_pays_once()
    {
        using var elsewhere = new TempFolder();
        string archive = Path.Combine(elsewhere.Path, "last.betar"), machine = Path.Combine(elsewhere.Path, "new");
        await using var world = new CrashWorld();
        await using (RunningNode node = await world.StartAsync(null))
        {
            await world.Buyer.PrepareAsync(node.Address, node.Agents["math"], "1+1");
            Assert.IsType<X402Response>(await world.Buyer.PayToTheEndAsync(node.Address));
            Assert.Equal(0, (await CliRun.RunAsync("backup", archive, "--data", world.Data)).ExitCode);
            await world.Buyer.PrepareAsync(node.Address, node.Agents["math"], "2+2");
            Assert.IsType<X402Response>(await world.Buyer.PayToTheEndAsync(node.Address));
            await node.StopAsync();
        }

        await EndChainAsync(world.Folder);
        Assert.Equal(0, (await CliRun.RunAsync("restore", archive, "--data", machine)).ExitCode);
        foreach (string chain in Directory.EnumerateFiles(world.Data, "devnet.db*"))
            File.Copy(chain, Path.Combine(machine, Path.GetFileName(chain)));
        try
        {
            JsonElement told = (await NodeProgram.RunAsync("ledger", "verify", "--chain", "--json", "--data", machine)).Json();
            Assert.Equal("1000", told.GetProperty("in").GetString());
            Assert.False(told.GetProperty("ok").GetBoolean());
            Assert.Equal(1, told.GetProperty("chains")[0].GetProperty("faults").GetArrayLength());

            await using RunningNode again = await RunningNode.StartAsync(machine, (string?)null, 0);
            X402Reply kept = await world.Buyer.PayToTheEndAsync(again.Address);
            Assert.Equal("4", OutputBody.Decode(Assert.IsType<X402Response>(kept).Body.Span));
            await again.StopAsync();

            JsonElement whole = (await NodeProgram.RunAsync("ledger", "verify", "--chain", "--json", "--data", machine)).Json();
            Assert.True(whole.GetProperty("ok").GetBoolean(), whole.ToString());
            Assert.Equal(("2000", "2000"), (whole.GetProperty("in").GetString(), whole.GetProperty("delivered").GetString()));
        }
        finally
        {
            FolderChain.End(machine);
        }
    }

    private static async Task EndChainAsync(DataFolder folder)
    {
        using Process chain = Process.GetProcessById(DevnetInfo.Read(folder)!.ProcessId);
        chain.Kill();
        await chain.WaitForExitAsync();
        File.Delete(folder.DevnetInfo);
    }
}
