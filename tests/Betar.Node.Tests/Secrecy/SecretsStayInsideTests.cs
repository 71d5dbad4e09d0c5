using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Betar.Agents.Tests.Support;
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
    private readonly string _modelKey = "sk-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
    private readonly string _hookSecret = "hook-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
    private readonly string _header = "team-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
    private readonly string _apiToken = "token-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly StringBuilder _said = new();

    [Fact]
    public async Task Nothing_that_a_node_writes_or_says_holds_a_secret()
    {
        using var temp = new TempFolder();
        using var elsewhere = new TempFolder();

        // Says back whatever it is told, the keys of the node included.
        await using var gossip = new LoopbackServer(asked => asked.AnswerAsync(401, asked.Head + asked.Text, "text/plain"));
        string keyFile = elsewhere.File("wallet.key", Convert.ToHexStringLower(_key));
        File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        temp.File("agents.yaml", "agents:\n  - name: echo\n    price: 0.001\n    executor: { builtin: echo }\n  - name: math\n    price: 0\n    executor: { builtin: math }\n"
            + $"  - name: model\n    openai_base_url: http://127.0.0.1:{gossip.Port}/v1\n    openai_api_key: env:MODEL_KEY\n"
            + $"  - name: hook\n    executor: {{ http: {{ url: 'http://127.0.0.1:{gossip.Port}/hook', secret: 'env:HOOK_SECRET', headers: {{ X-Team: 'env:TEAM' }}, allowPrivate: true }} }}\n");
        try
        {
            await SayAsync(0, "wallet", "import", "wallet", keyFile, "--data", temp.Path);
            string buyer = Path.Combine(elsewhere.Path, "buyer"), account = (await SayAsync(0, "wallet", "new", "buyer", "--json", "--data", buyer)).Json().Text("address");
            using (NodeProgram node = NodeProgram.Start(Environment, "up", "--json", "--verbose", "--http", "127.0.0.1:0", "--api-token", "env:API_TOKEN", "--no-mdns", "--fund", $"{account}=1", "--data", temp.Path))
            {
                string first = (await node.ReadLineAsync())!;
                _said.AppendLine(first);
                using JsonDocument start = JsonDocument.Parse(first);
                string agent = start.RootElement.GetProperty("agents")[0].Text("id");
                await SayAsync(0, "agent", "execute", "--agent-id", "math", "--task", "2+2", "--data", temp.Path);
                await SayAsync(1, "agent", "execute", "--agent-id", "math", "--task", "1/0", "--data", temp.Path);
                await SayAsync(1, "agent", "execute", "--agent-id", "nobody", "--task", "x", "--data", temp.Path);
                foreach (string asked in new[] { "model", "hook" })
                    await SayAsync(1, "agent", "execute", "--agent-id", asked, "--task", "x", "--data", temp.Path);
                Assert.Contains(gossip.Requests, request => request.Header("Authorization") == $"Bearer {_modelKey}");
                Assert.Contains(gossip.Requests, request => request.Header("X-Team") == _header);
                await SayOverHttpAsync(new Uri(start.RootElement.Text("http")));
                string address = start.RootElement.GetProperty("addresses")[0].GetString()!;
                await SayAsync(0, "pay", "echo", "--at", address, "--task", "paid", "--max", "0.01", "--yes", "--verbose", "--data", buyer);
                await SayAsync(0, "workflow", "create", "--chain", "math", "--input", "1+1", "--data", temp.Path);
                await SayAsync(0, "backup", Path.Combine(elsewhere.Path, "all.betar"), "--data", temp.Path);
                foreach (string[] question in (string[][])[["agent", "list"], ["order", "list"], ["session", "list", agent], ["wallet", "list"], ["market", "list"], ["order", "create", "--agent-id", agent], ["order", "export"], ["top", "--once"], ["logs", "--level", "trace"], ["config", "print"], ["workflow", "list"], ["p2p", "peers"], ["agent", "config", "list"]])
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

    private Dictionary<string, string> Environment => new() { ["BETAR_WALLET_PASSWORD"] = _password, ["OPENAI_API_KEY"] = _apiKey, ["MODEL_KEY"] = _modelKey, ["HOOK_SECRET"] = _hookSecret, ["TEAM"] = _header, ["API_TOKEN"] = _apiToken };

    private string[] Texts() => [Convert.ToHexString(_key), Convert.ToBase64String(_key), _password, _apiKey, _modelKey, _hookSecret, _header, _apiToken];

    /// <summary>Everything that the interface shows to whoever may see it.</summary>
    private async Task SayOverHttpAsync(Uri api)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = api };
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + _apiToken);
        foreach (string path in new[] { "agents", "agents/local", "status", "v1/agents", "v1/node", "v1/orders", "v1/wallet", "v1/overview", "v1/openapi.json", "metrics", ".well-known/agent.json", "dashboard" })
            _said.Append(await http.GetStringAsync(path));
        using var task = new StringContent("""{"agentId":"model","task":"x"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage failed = await http.PostAsync("v1/rpc/agents.execute", task);
        Assert.False(failed.IsSuccessStatusCode);
        _said.Append(await failed.Content.ReadAsStringAsync());
    }

    private async Task<CliRun> SayAsync(int exitCode, params string[] command)
    {
        CliRun run = await CliRun.RunAsync(Environment, command);
        Assert.True(run.ExitCode == exitCode, $"{string.Join(' ', command)}: {run.Error}");
        _said.Append(run.Out).Append(run.Error);
        return run;
    }
}
