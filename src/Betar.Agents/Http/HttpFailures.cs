using System.Net;
using Betar.Agents.Limits;

namespace Betar.Agents.Http;

/// <summary>What went wrong with an HTTP call, and whether the same call may work a moment later.</summary>
internal static class HttpFailures
{
    /// <summary>Not the whole text of the exception: it can hold what the other side wrote.</summary>
    public static CallFailedException Of(HttpRequestException failure, string code)
    {
        for (Exception? inner = failure; inner is not null; inner = inner.InnerException)
            if (inner is CallFailedException refused)
                return refused;
        return new CallFailedException(code, $"It cannot be reached ({failure.HttpRequestError}).", isTransient: true, cause: failure);
    }

    public static CallFailedException Of(int status, string? retryAfter, string code, DateTimeOffset now) => new(
        code,
        status is >= 300 and < 400 ? $"It answered with a redirect ({status}), which is not followed." : $"It answered with status {status}.",
        IsTransient(status),
        RetryAfter.Parse(retryAfter, now));

    private static bool IsTransient(int status) =>
        status >= 500 || (HttpStatusCode)status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
}
