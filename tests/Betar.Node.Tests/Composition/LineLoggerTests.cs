using Betar.Node.Composition;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Tests.Composition;

public sealed class LineLoggerTests
{
    private readonly StringWriter _output = new();

    [Fact]
    public void A_record_is_one_line_of_time_level_place_and_message()
    {
        Write(LogLevel.Warning, "Betar.Node.Selling.TcpService", "Too many are open.");

        Assert.Equal("2026-05-04T03:02:01.000Z warning     TcpService: Too many are open.\n", _output.ToString());
    }

    [Fact]
    public void What_strangers_write_cannot_begin_a_line_of_its_own_or_steer_the_terminal()
    {
        Write(LogLevel.Warning, "Desk", "peer \"x\n2026 error Desk: all is lost\u001b[2J\r\t\u0085\"");

        Assert.Equal("peer \"x\\u000a2026 error Desk: all is lost\\u001b[2J\\u000d\\u0009\\u0085\"\n", _output.ToString()[(_output.ToString().IndexOf("Desk: ", StringComparison.Ordinal) + 6)..]);
    }

    [Theory]
    [InlineData(LogLevel.Debug, false)]
    [InlineData(LogLevel.Information, false)]
    [InlineData(LogLevel.Warning, true)]
    [InlineData(LogLevel.Critical, true)]
    public void Records_below_the_level_are_not_written(LogLevel level, bool written)
    {
        Write(level, "Desk", "message");

        Assert.Equal(written, _output.ToString().Length > 0);
    }

    [Fact]
    public void An_exception_follows_its_record()
    {
        Write(LogLevel.Error, "Desk", "It failed.", new InvalidOperationException("why"));

        Assert.Contains("Desk: It failed.\n  System.InvalidOperationException: why", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_with_a_strangers_words_makes_no_record_of_its_own()
    {
        Write(LogLevel.Error, "Desk", "It failed.", new InvalidOperationException("he said\n2026-05-04T03:02:01.000Z error Desk: all is lost\u202e\u001b[2J"));

        string[] lines = _output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(["  System.InvalidOperationException: he said", "  2026-05-04T03:02:01.000Z error Desk: all is lost\\u202e\\u001b[2J"], lines[1..3]);
        Assert.All(lines[1..], line => Assert.StartsWith("  ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Records_of_many_threads_stay_whole()
    {
        ILogger log = Factory().CreateLogger("Desk");

        Parallel.For(0, 200, i => log.LogMessage(LogLevel.Warning, new string((char)('a' + i % 26), 100)));

        string[] lines = _output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(200, lines.Length);
        Assert.All(lines, line => Assert.Single(line[^100..].Distinct()));
    }

    private void Write(LogLevel level, string category, string message, Exception? fault = null) =>
        Factory().CreateLogger(category).LogMessage(level, message, fault);

    private LineLoggerFactory Factory() => new(_output, LogLevel.Warning, new Stopped());

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
    }
}

/// <summary>A record without a template, as the test words it.</summary>
internal static class LoggerExtensions
{
    public static void LogMessage(this ILogger log, LogLevel level, string message, Exception? fault = null) =>
        log.Log(level, default, message, fault, static (text, _) => text);
}
