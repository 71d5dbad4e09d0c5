using System.Net.Sockets;
using System.Text;
using Betar.Ethereum.Keys;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Keys;

/// <summary>A signer behind a Unix socket, as clef listens.</summary>
public sealed class SignerSocketTests : IDisposable
{
    static readonly Eip1559Transaction _transaction = new() { ChainId = 84532, Nonce = 1, GasLimit = 21_000, To = TestKeys.Usdc };

    readonly TemporaryFolder _folder = new();
    readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    string SocketPath => Path.Combine(_folder.Path, "clef.ipc");

    [Fact]
    public async Task It_is_asked_over_its_socket_and_its_answer_taken()
    {
        Listen();
        var raw = Convert.ToHexStringLower(_transaction.Sign(TestKeys.Payer).Raw.Span);
        var serving = ServeAsync($$$"""{"jsonrpc":"2.0","id":1,"result":{"raw":"0x{{{raw}}}"}}""");
        using var http = SignerTransport.OverSocket(SocketPath);
        var outcome = await new ExternalSigner(http, SignerTransport.SocketEndpoint, TestKeys.PayerAddress).SignTransactionAsync(_transaction, default);

        Assert.True(outcome.TryGetValue(out var signed), outcome.Detail);
        Assert.Equal(TestKeys.PayerAddress, signed.Sender);
        var asked = await serving;
        Assert.StartsWith("POST / HTTP/1.1", asked, StringComparison.Ordinal);
        Assert.Contains("account_signTransaction", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_hangs_up_is_unreachable()
    {
        Listen();
        var serving = ServeAsync(null);
        using var http = SignerTransport.OverSocket(SocketPath);
        var outcome = await new ExternalSigner(http, SignerTransport.SocketEndpoint, TestKeys.PayerAddress).SignTransactionAsync(_transaction, default);
        await serving;

        Assert.Equal(SignerStatus.Unreachable, outcome.Status);
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_unreachable()
    {
        File.WriteAllText(SocketPath, "");
        using var http = SignerTransport.OverSocket(SocketPath);

        Assert.Equal(
            SignerStatus.Unreachable,
            (await new ExternalSigner(http, SignerTransport.SocketEndpoint, TestKeys.PayerAddress).SignTransactionAsync(_transaction, default)).Status);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    void Listen()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
    }

    /// <summary>Answers one request, or hangs up; returns what was asked.</summary>
    async Task<string> ServeAsync(string? answer)
    {
        using var connection = await _listener.AcceptAsync();
        var (buffer, asked) = (new byte[4096], "");
        while (!asked.Contains("\"params\":", StringComparison.Ordinal) || !asked.EndsWith('}'))
            asked += Encoding.UTF8.GetString(buffer, 0, await connection.ReceiveAsync(buffer));
        if (answer is not null)
            await connection.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n\r\n{answer}"));
        return asked;
    }
}
