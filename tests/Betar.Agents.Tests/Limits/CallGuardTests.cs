using Betar.Agents.Limits;

namespace Betar.Agents.Tests.Limits;

public sealed class CallGuardTests
{
    [Theory]
    [InlineData(0, 0, 250)]
    [InlineData(0, 1, 500)]
    [InlineData(1, 1, 1_000)]
    [InlineData(3, 0.5, 3_000)]
    [InlineData(10, 1, 60_000)]
    [InlineData(1_000, 1, 60_000)]
    public void Waits_double_and_half_of_each_is_chance(int attempt, double jitter, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), CallGuard.WaitOf(attempt, null, jitter));

    [Theory]
    [InlineData(7, 7)]
    [InlineData(60, 60)]
    [InlineData(86_400, 60)]
    public void What_a_service_asks_for_counts_up_to_a_minute(int asked, int waited) => Assert.Equal(
        TimeSpan.FromSeconds(waited), CallGuard.WaitOf(0, new CallFailedException("", "", true, TimeSpan.FromSeconds(asked)), 0));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    [InlineData("99999999999", null)]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData("Thu, 01 Jan 1970 00:01:40 GMT", 40)]
    [InlineData("Thu, 01 Jan 1970 00:00:10 GMT", 0)]
    public void Retry_after_is_seconds_or_a_date(string? value, int? seconds) => Assert.Equal(
        seconds is { } known ? TimeSpan.FromSeconds(known) : null, RetryAfter.Parse(value, DateTimeOffset.FromUnixTimeSeconds(60)));
}
