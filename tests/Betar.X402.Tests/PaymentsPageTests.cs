using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Betar.X402.Calling;
using Betar.X402.Framing;
using Betar.X402.Pieces;
using Betar.X402.Protocol;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Schemes.Vault;
using Betar.X402.Serving;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests;

/// <summary>docs/payments.md says what the code does.</summary>
public class PaymentsPageTests
{
    private static readonly string Page = Repository.Read("docs", "payments.md");

    public static TheoryData<string> Reasons =>
        [.. typeof(VerificationReasons).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Each_reason_stands_in_the_table_with_its_code(string name)
    {
        var reason = (VerificationReason)typeof(VerificationReasons).GetProperty(name)!.GetValue(null)!;
        var row = Page.Split('\n').FirstOrDefault(line => line.StartsWith("| `", StringComparison.Ordinal) && Names(line).Any(text => Fits(text, reason.Text)));
        Assert.True(row is not null, $"{reason.Text} is missing in the table");
        Assert.Contains($"| {(int)reason.Code} |", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(Permit2Reasons), "")]
    [InlineData(typeof(BatchReasons), "invalid_batch_settlement_evm_")]
    [InlineData(typeof(AuthCaptureReasons), "")]
    [InlineData(typeof(VaultReasons), "")]
    public void Each_reason_of_a_scheme_stands_in_the_page(Type reasons, string prefix) =>
        Assert.All(
            reasons.GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (VerificationReason)property.GetValue(null)!),
            reason => Assert.Contains($"`{reason.Text[prefix.Length..]}`", Page, StringComparison.Ordinal));

    [Theory]
    [InlineData("frame_size")]
    [InlineData("idle_time")]
    [InlineData("read_time")]
    [InlineData("write_time")]
    [InlineData("queue")]
    [InlineData("queue_time")]
    [InlineData("frames_per_connection")]
    [InlineData("correlation_id")]
    [InlineData("answer_size")]
    [InlineData("pieces")]
    [InlineData("pieces_waiting")]
    public void Each_limit_stands_in_the_table(string limit) => Assert.Contains($"`{limit}`", Page, StringComparison.Ordinal);

    [Fact]
    public void The_defaults_in_the_table_are_those_of_the_code()
    {
        var frames = new FrameLimits();
        var server = new X402ServerOptions();
        Assert.Contains($"| {frames.MaxDataLength / 1024 / 1024} MiB (protocol: {FrameLimits.ProtocolMaxDataLength / 1024 / 1024} MiB) |", Page, StringComparison.Ordinal);
        Assert.Contains($"| `IdleTimeout` | {frames.IdleTimeout.TotalSeconds} s |", Page, StringComparison.Ordinal);
        Assert.Contains($"| {frames.HeaderTimeout.TotalSeconds} s, {frames.BodyTimeout.TotalSeconds} s |", Page, StringComparison.Ordinal);
        Assert.Contains($"| `WriteTimeout` | {frames.WriteTimeout.TotalSeconds} s |", Page, StringComparison.Ordinal);
        Assert.Contains($"| `MaxConcurrent` | {server.MaxConcurrent} |", Page, StringComparison.Ordinal);
        Assert.Contains($"| `MaxQueued` | {server.MaxQueued} |", Page, StringComparison.Ordinal);
        Assert.Contains($"| `QueueTimeout` | {server.QueueTimeout.TotalSeconds} s |", Page, StringComparison.Ordinal);
        Assert.Contains("| `MaxFramesPerConnection` | 100,000 |", Page, StringComparison.Ordinal);
        Assert.Equal(100_000, server.MaxFramesPerConnection);
        Assert.Contains($"| `MaxCorrelationIdLength` | {server.MaxCorrelationIdLength} characters |", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bytes_and_limits_of_pieces_are_those_of_the_code()
    {
        var (limits, client) = (new PieceLimits(), new X402ClientOptions());
        byte[] frame = FrameCodec.Encode(MessageTypes.Piece, MessageCodec.Write(new X402Piece { CorrelationId = "…", Text = "…" }));
        string header = Convert.ToHexStringLower(frame.AsSpan(0, 12));
        Assert.Contains($"(header `{header[..4]} {header[4..]}`)", Page, StringComparison.Ordinal);
        Assert.Contains(Encoding.UTF8.GetString(frame.AsSpan(16)), Page, StringComparison.Ordinal);
        Assert.Contains($"`{StreamProtocol.PiecesId}`", Page, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| `PieceLimits.MaxCharacters` | {limits.MaxCharacters:N0} characters |"), Page, StringComparison.Ordinal);
        Assert.Contains($"| `PerSecond` | {limits.PerSecond} |", Page, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| `MaxPieces` | {limits.MaxPieces:N0} |"), Page, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| `MaxWaiting` | {limits.MaxWaiting:N0} characters |"), Page, StringComparison.Ordinal);
        Assert.Contains($"| `Beat` | {limits.Beat.TotalSeconds} s |", Page, StringComparison.Ordinal);
        Assert.Contains($"| `MaxConcurrentInPieces` | {new X402ServerOptions().MaxConcurrentInPieces}, ", Page, StringComparison.Ordinal);
        Assert.Contains($"| `FrameLimits.MaxPieceLength` | {new FrameLimits().MaxPieceLength / 1024} KiB |", Page, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| `X402ClientOptions.MaxPieces` | {client.MaxPieces:N0} |"), Page, StringComparison.Ordinal);
        Assert.Contains($"| {client.Timeout.TotalSeconds} s, {client.PiecesTimeout.TotalMinutes} min |", Page, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(string row) => Regex.Matches(row.Split('|')[1], "`([^`]+)`").Select(match => match.Groups[1].Value);

    // "…_token_version_mismatch" stands for the name with its usual beginning.
    private static bool Fits(string shown, string text) =>
        shown.StartsWith('…') ? text.EndsWith(shown[1..], StringComparison.Ordinal) : shown == text;
}
