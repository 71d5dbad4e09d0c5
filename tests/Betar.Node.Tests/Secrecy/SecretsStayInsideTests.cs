using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Devnet;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Secrecy;

/// <summary>A node lives, works, fails and ends with secrets that are known here; then all that it wrote and said is searched for them.</summary>
public sealed class SecretsStayInsideTests
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly string _password = "pw-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
    private readonly string _apiKey = "sk-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
    private readonly StringBuilder _said = new();

    [Fact]
    public async Task Nothing_that_a_node_writes_or_says_holds_a_secret()
    {
        using var temp = new TempFolder();
        using var elsewhere = new TempFolder();
        string keyFile = elsewhere.File("wallet.key", Convert.ToHexStringLower(_key));
        File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        temp.File("agents.yaml", "agents:\n  - name: echo\n    price: 0.001\n    executor: { builtin: echo }\n  - name: math\n    price: 0\n    executor: { builtin: math }\n");
        try
        {
            await SayAsync(0, "wallet", "import", "wallet", keyFile, "--data", temp.Path);
            using (NodeProgram node = NodeProgram.Start(Environment, "up", "--json", "--verbose", "--http", "none", "--no-mdns", "--data", temp.Path))
            {
                string first = (await node.ReadLineAsync())!;
                _said.AppendLine(first);
                using JsonDocument start = JsonDocument.Parse(first);
                string agent = start.RootElement.GetProperty("agents")[0].Text("id");
                await SayAsync(0, "agent", "execute", "--agent-id", "math", "--task", "2+2", "--data", temp.Path);
                await SayAsync(1, "agent", "execute", "--agent-id", "math", "--task", "1/0", "--data", temp.Path);
                await SayAsync(1, "agent", "execute", "--agent-id", "nobody", "--task", "x", "--data", temp.Path);
                foreach (string[] question in (string[][])[["agent", "list"], ["order", "list"], ["session", "list", agent], ["wallet", "list"], ["market", "list"], ["order", "create", "--agent-id", agent], ["order", "export"]])
                    await SayAsync(0, [.. question, "--verbose", "--data", temp.Path]);
                await node.SignalAsync("TERM");
                CliRun end = await node.EndAsync();
                Assert.True(end.ExitCode == 0, end.Error);
                _said.Append(end.Out).Append(end.Error);
            }

            // It keeps its file to itself as long as it lives.
            await StopChainAsync(temp);
            string said = _said.ToString();
            Assert.All(Texts(), secret => Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase));
            string[] files = Directory.GetFiles(temp.Path, "*", SearchOption.AllDirectories);
            Assert.Contains(files, file => file.EndsWith("betar.db", StringComparison.Ordinal));
            Assert.Contains(files, file => file.Contains("keystore", StringComparison.Ordinal));
            foreach (string file in files)
            {
                byte[] bytes = await File.ReadAllBytesAsync(file);
                Assert.True(bytes.AsSpan().IndexOf(_key) < 0, file);
                string text = Encoding.Latin1.GetString(bytes);
                Assert.All(Texts(), secret => Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), file));
            }
        }
        finally
        {
            await StopChainAsync(temp);
        }
    }

    private static async Task StopChainAsync(TempFolder folder)
    {
        if (DevnetInfo.Read(folder.Data) is not { } devnet)
            return;
        using Process chain = Process.GetProcessById(devnet.ProcessId);
        chain.Kill();
        await chain.WaitForExitAsync();
        File.Delete(folder.Data.DevnetInfo);
    }

    private Dictionary<string, string> Environment => new() { ["BETAR_WALLET_PASSWORD"] = _password, ["OPENAI_API_KEY"] = _apiKey };

    private string[] Texts() => [Convert.ToHexString(_key), Convert.ToBase64String(_key), _password, _apiKey];

    private async Task SayAsync(int exitCode, params string[] command)
    {
        CliRun run = await CliRun.RunAsync(Environment, command);
        Assert.True(run.ExitCode == exitCode, $"{string.Join(' ', command)}: {run.Error}");
        _said.Append(run.Out).Append(run.Error);
    }
}
