using System.Net;
using System.Net.Sockets;
using System.Text;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Http;
using Betar.Node.Tests.Http;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli;

/// <summary>Commands that ask a node elsewhere, over its HTTP interface.</summary>
public sealed class RemoteNodeTests
{
    private const string Agents = """[{"id":"did:key:1","name":"echo\u001b[2J","price":0.001,"priceAtomic":"1000","payTo":"0x1"}]""";

    [Fact]
    public async Task The_same_command_asks_the_same_operation_there()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.list", Agents), ("orders.list", "[]"), ("wallet.balance", """{"address":"0x1","balance":0.25,"usdcBalance":12.5}"""));
        Dictionary<string, string> there = There(world, ApiRole.Read);

        Assert.Contains("echo\\u001b[2J", (await CliRun.RunAsync(there, "agent", "list")).Out, StringComparison.Ordinal);
        Assert.Equal("did:key:1", (await CliRun.RunAsync(there, "agent", "list", "--json")).Json()[0].GetProperty("id").GetString());
        Assert.Equal("Nothing was sold yet.\n", (await CliRun.RunAsync(there, "order", "list")).Out);
        Assert.Equal("0x1 12.5 USDC, 0.25 ETH\n", (await CliRun.RunAsync(there, "wallet", "balance")).Out);
        Assert.Equal(["agents.list", "agents.list", "orders.list", "wallet.balance"], world.Calls.Select(call => call.Operation));
    }

    [Fact]
    public async Task The_options_go_before_the_variables_and_a_token_may_be_in_a_file()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.execute", """{"output":"hello"}"""));
        using var folder = new TempFolder();
        string file = folder.File("token", world.Use(ApiRole.Spend) + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        Dictionary<string, string> elsewhere = new() { ["BETAR_API_URL"] = "http://127.0.0.1:1", ["BETAR_API_TOKEN"] = new string('x', 30) };

        CliRun run = await CliRun.RunAsync(elsewhere, "agent", "execute", "--agent-id", "a", "--task", "t", "--api-url", world.Client.BaseAddress!.ToString(), "--token", "file:" + file);
        Assert.Equal((0, "hello\n", ""), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task What_the_role_does_not_allow_is_refused_and_so_is_who_has_no_token()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.execute", """{"output":"hello"}"""));
        Dictionary<string, string> reader = There(world, ApiRole.Read);

        (await CliRun.RunAsync(reader, "agent", "execute", "--agent-id", "a", "--task", "t")).AssertRefused("BTR-1043", 2);
        reader.Remove("BETAR_API_TOKEN");
        (await CliRun.RunAsync(reader, "agent", "execute", "--agent-id", "a", "--task", "t")).AssertRefused("BTR-1042", 2);
        Assert.Empty(world.Calls);
    }

    [Fact]
    public async Task A_refusal_of_that_node_keeps_its_code_and_cannot_steer_the_terminal()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Handle("agents.list", _ => ControlAnswer.Refused(ErrorCatalog.ChainUnreachable.Refuse("no \u001b[31mchain", "wait\u202e")));
        CliRun run = await CliRun.RunAsync(There(world, ApiRole.Read), "agent", "list");

        run.AssertRefused(ErrorCatalog.ChainUnreachable.Code, 1);
        Assert.Contains("no \\u001b[31mchain; wait\\u202e", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_the_node_does_not_have_is_refused()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();

        (await CliRun.RunAsync(There(world, ApiRole.Read), "agent", "list")).AssertRefused("BTR-1047", 2);
    }

    [Theory]
    [InlineData("BTR-1003", "--api-url", "ftp://somewhere")]
    [InlineData("BTR-1003", "--api-url", "somewhere")]
    [InlineData("BTR-1003", "--api-url", "http://user:password@somewhere")]
    [InlineData("BTR-1003", "--api-url", "http://somewhere", "--token", "the-token-itself-in-clear-text")]
    [InlineData("BTR-1057", "--api-url", "http://somewhere", "--token", "env:NOT_SET")]
    [InlineData("BTR-1004", "--token", "env:NOT_SET")]
    public async Task An_address_or_a_token_that_is_none_is_refused(string code, params string[] options) =>
        (await CliRun.RunAsync(["agent", "list", .. options])).AssertRefused(code, 2);

    [Theory]
    [InlineData("ledger", "verify")]
    [InlineData("backup", "file")]
    [InlineData("wallet", "list")]
    [InlineData("up")]
    public async Task What_works_on_a_folder_says_so(params string[] command)
    {
        CliRun run = await CliRun.RunAsync([.. command, "--api-url", "http://127.0.0.1:8424"]);

        run.AssertRefused("BTR-1028", 2);
        Assert.Contains("betar " + command[0], run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wallet", "balance", "main")]
    [InlineData("wallet", "address", "main")]
    public async Task A_wallet_by_name_is_one_of_the_folder(params string[] command) =>
        (await CliRun.RunAsync([.. command, "--api-url", "http://127.0.0.1:8424"])).AssertRefused("BTR-1028", 2);

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<ht>")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n")]
    public async Task Who_is_no_node_is_told_so(string says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task answering = AnswerAsync(listener, says);
        CliRun run = await CliRun.RunAsync("agent", "list", "--api-url", $"http://{listener.LocalEndpoint}");
        await answering;

        run.AssertRefused("BTR-2011", 1);
    }

    [Fact]
    public async Task A_token_that_leaves_the_machine_in_clear_is_warned_of()
    {
        CliRun run = await CliRun.RunAsync(new Dictionary<string, string> { ["BETAR_API_TOKEN"] = new string('x', 30) }, "agent", "list", "--api-url", "http://betar.invalid:1");

        Assert.StartsWith("Warning: the token goes to betar.invalid in clear", run.Error, StringComparison.Ordinal);
        Assert.Contains("BTR-2011: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 30), run.Error, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(TcpListener listener, string says)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        await stream.ReadAtLeastAsync(new byte[16], 16);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(says));
    }

    private static Dictionary<string, string> There(ApiWorld world, ApiRole role) =>
        new() { ["BETAR_API_URL"] = world.Client.BaseAddress!.ToString(), ["BETAR_API_TOKEN"] = world.Use(role) };
}
