using System.Diagnostics;
using Betar.Node.Cli;
using Betar.Node.Folder;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Trading;

/// <summary>Two nodes of the real executable: what the seller's agent says reaches the buyer's terminal while it still works.</summary>
public sealed class HeardPurchaseTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_bought_task_is_read_as_it_comes()
    {
        await using var seller = new UpNode();
        await using var buyer = new UpNode();
        string gate = Path.Combine(seller.Data, "gate");
        using (Process made = Process.Start("mkfifo", [gate]))
            await made.WaitForExitAsync();
        await File.WriteAllTextAsync(Path.Combine(seller.Data, "agents.yaml"), $$$"""
            agents:
              - name: teller
                price: 0.001
                executor:
                  process:
                    mode: worker
                    command:
                      - sh
                      - -c
                      - |
                        while read -r line; do
                          id=$(printf '%s' "$line" | sed 's/^{"id":\([0-9]*\).*/\1/')
                          printf '{"id":%s,"partial":"once upon "}\n' "$id"
                          read -r rest < {{{gate}}}
                          printf '{"id":%s,"output":"once upon %s"}\n' "$id" "$rest"
                        done
            """);
        await seller.StartAsync("--no-mdns");
        string wallet = (await buyer.AskAsync("wallet", "new", "wallet")).Text("address");
        string devnet = new DataFolder(buyer.Data).DevnetInfo;
        File.Copy(new DataFolder(seller.Data).DevnetInfo, devnet);
        await buyer.StartAsync("--no-mdns", "--bootstrap", seller.Address, "--fund", $"{wallet}=1");
        File.Delete(devnet);
        await buyer.SeesAsync(seller.AgentId("teller"));

        using var screen = new LineWriter();
        using var error = new StringWriter();
        Task<int> buying = BetarCli.RunAsync(
            ["agent", "execute", "--agent-id", "teller", "--task", "tell", "--purchase-id", "p-1", "--stream", "--data", buyer.Data],
            new CliHost(screen, error, _ => null, TimeProvider.System));
        while (!buying.IsCompleted && await screen.NextAsync(s_patience) == "")
            await Task.Yield();
        Assert.True(screen.Seen == "once upon " && !buying.IsCompleted, $"'{screen.Seen}' {error}");
        await File.WriteAllTextAsync(gate, "a time\n");

        Assert.Equal((0, ""), (await buying.WaitAsync(s_patience), error.ToString()));
        Assert.Equal("once upon a time\n", screen.Seen);
        Assert.Equal("1000", (await buyer.AskAsync("agent", "execute", "--agent-id", "teller", "--task", "tell", "--purchase-id", "p-1")).Text("amount"));
        Assert.Equal("delivered", (await seller.AskAsync("order", "list"))[0].Text("state").ToLowerInvariant());
    }
}
