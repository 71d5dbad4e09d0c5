using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Control;

public sealed class ControlTests
{
    [Fact]
    public async Task A_call_reaches_its_method_and_brings_the_answer_back()
    {
        using var temp = new TempFolder();
        await using var server = await StartAsync(temp, ("add", (arguments, _) => Task.FromResult(ControlAnswer.Json(writer =>
            writer.WriteNumberValue(arguments.GetProperty("a").GetInt32() + arguments.GetProperty("b").GetInt32())))));
        using var client = Client(temp);

        var answer = await client.CallAsync("add", writer =>
        {
            writer.WriteNumber("a", 2);
            writer.WriteNumber("b", 3);
        }, CancellationToken.None);

        Assert.Equal(5, answer.Value.GetInt32());
    }

    [Fact]
    public async Task The_socket_is_for_the_owner_alone_and_goes_with_the_node()
    {
        using var temp = new TempFolder();
        var server = await StartAsync(temp);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(temp.Data.Socket));

        await server.DisposeAsync();

        Assert.False(File.Exists(temp.Data.Socket));
    }

    [Fact]
    public async Task Without_a_node_the_client_says_so()
    {
        using var temp = new TempFolder();
        using var client = Client(temp);

        Assert.Equal("BTR-2010", (await client.CallAsync("x", null, CancellationToken.None)).Refusal?.Error.Code);
    }

    [Fact]
    public async Task A_socket_that_a_killed_node_left_is_no_node_and_does_not_hinder_the_next()
    {
        using var temp = new TempFolder();
        // A socket that is closed properly takes its file with it; under another name this one's file stays.
        var elsewhere = Path.Combine(temp.Path, "elsewhere");
        using (var dead = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0))
        {
            dead.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(elsewhere));
            File.Move(elsewhere, temp.Data.Socket);
        }

        Assert.True(File.Exists(temp.Data.Socket));
        using var client = Client(temp);
        Assert.Equal("BTR-2010", (await client.CallAsync("x", null, CancellationToken.None)).Refusal?.Error.Code);

        await using var server = await StartAsync(temp, ("x", (_, _) => Task.FromResult(ControlAnswer.Json(writer => writer.WriteNullValue()))));

        Assert.True((await client.CallAsync("x", null, CancellationToken.None)).IsOk);
    }

    [Fact]
    public async Task A_refusal_keeps_its_code_detail_and_next_step()
    {
        using var temp = new TempFolder();
        await using var server = await StartAsync(temp, ("no", (_, _) => Task.FromResult(ControlAnswer.Refused(ErrorCatalog.UnknownAgent.Refuse("none such", "look")))));
        using var client = Client(temp);

        var refusal = (await client.CallAsync("no", null, CancellationToken.None)).Refusal;

        Assert.Equal("BTR-4001: none such; look", refusal?.Sentence);
    }

    [Theory]
    [InlineData("BTR-3014", "BTR-3014")]
    [InlineData("BTR-9999", "BTR-2099")]
    public async Task A_bare_code_gets_the_catalogues_next_step(string given, string shown)
    {
        using var temp = new TempFolder();
        await using var server = await StartAsync(temp, ("no", (_, _) => Task.FromResult(ControlAnswer.Refused(given, "spent"))));
        using var client = Client(temp);

        Assert.Equal(shown, (await client.CallAsync("no", null, CancellationToken.None)).Refusal?.Error.Code);
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_refused()
    {
        using var temp = new TempFolder();
        await using var server = await StartAsync(temp);
        using var client = Client(temp);

        Assert.Equal("BTR-1001", (await client.CallAsync("nothing", null, CancellationToken.None)).Refusal?.Error.Code);
    }

    [Fact]
    public async Task A_failing_method_is_answered_and_the_node_lives_on()
    {
        using var temp = new TempFolder();
        await using var server = await StartAsync(temp,
            ("bad", (_, _) => throw new InvalidOperationException("secretless")),
            ("good", (_, _) => Task.FromResult(ControlAnswer.Json(writer => writer.WriteBooleanValue(true)))));
        using var client = Client(temp);

        Assert.Equal("BTR-2099", (await client.CallAsync("bad", null, CancellationToken.None)).Refusal?.Error.Code);
        Assert.True((await client.CallAsync("good", null, CancellationToken.None)).Value.GetBoolean());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("null")]
    public async Task A_malformed_request_is_refused(string body)
    {
        using var temp = new TempFolder();
        await using var server = await StartAsync(temp, ("x", (_, _) => throw new InvalidOperationException("never reached")));

        var (status, answer) = await PostAsync(temp, "/x", body);

        Assert.Equal(422, status);
        Assert.Contains("BTR-1000", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_body_has_no_arguments()
    {
        using var temp = new TempFolder();
        await using var server = await StartAsync(temp, ("x", (arguments, _) =>
            Task.FromResult(ControlAnswer.Json(writer => writer.WriteStringValue(arguments.GetRawText())))));

        Assert.Equal((200, "\"{}\""), await PostAsync(temp, "/x", ""));
    }

    [Fact]
    public async Task An_oversized_request_is_refused()
    {
        using var temp = new TempFolder();
        await using var server = await StartAsync(temp, ("x", (_, _) => throw new InvalidOperationException("never reached")));

        // The server may answer, or hang up on a caller that goes on sending.
        var status = 0;
        var broken = await Record.ExceptionAsync(async () => (status, _) = await PostAsync(temp, "/x", new string(' ', 5 * 1024 * 1024)));

        Assert.True(broken is HttpRequestException || status is 413 or 500, $"{status} {broken}");
    }

    [Fact]
    public async Task A_slow_answer_ends_with_a_code()
    {
        using var temp = new TempFolder();
        await using var server = await StartAsync(temp, ("slow", async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return ControlAnswer.Json(writer => writer.WriteNullValue());
        }));
        using var client = new ControlClient(temp.Data, TimeSpan.FromMilliseconds(50));

        Assert.Equal("BTR-2011", (await client.CallAsync("slow", null, CancellationToken.None)).Refusal?.Error.Code);
    }

    [Fact]
    public async Task A_folder_with_a_long_path_is_refused()
    {
        using var temp = new TempFolder();
        var folder = new Betar.Node.Folder.DataFolder(Path.Combine(temp.Path, new string('d', 120)));

        var server = await ControlServer.StartAsync(folder, new Dictionary<string, ControlHandler>(), NullLogger<ControlServer>.Instance, CancellationToken.None);

        Assert.Equal("BTR-2013", server.Refusal?.Error.Code);
    }

    private static ControlClient Client(TempFolder temp) => new(temp.Data, TimeSpan.FromSeconds(30));

    private static async Task<ControlServer> StartAsync(TempFolder temp, params (string Name, ControlHandler Handler)[] methods) =>
        (await ControlServer.StartAsync(temp.Data, methods.ToDictionary(method => method.Name, method => method.Handler),
            NullLogger<ControlServer>.Instance, CancellationToken.None)).OrThrow();

    private static async Task<(int Status, string Body)> PostAsync(TempFolder temp, string path, string body)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
                await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(temp.Data.Socket), cancellation);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        });
        using var content = new StringContent(body);
        using var response = await http.PostAsync(new Uri("http://betar" + path), content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
