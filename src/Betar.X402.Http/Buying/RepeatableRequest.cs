using Betar.X402.Facilitating;

namespace Betar.X402.Http.Buying;

/// <summary>A request that can be sent a second time: its body is in memory.</summary>
internal sealed class RepeatableRequest
{
    private readonly HttpRequestMessage _request;
    private readonly byte[]? _body;

    private RepeatableRequest(HttpRequestMessage request, byte[]? body) => (_request, _body) = (request, body);

    /// <summary>Null when the body is longer than the limit, or says no length; the request can be sent once all the same.</summary>
    internal static async Task<RepeatableRequest?> TakeAsync(HttpRequestMessage request, int limit, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content)
        {
            return new RepeatableRequest(request, null);
        }

        // A body that does not say its length may be endless: it is sent as it comes.
        if (content.Headers.ContentLength is not { } length || length > limit)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = await BoundedContent.ReadAsync(stream, limit, cancellationToken);
        if (body is not null)
        {
            request.Content = Copy(content, body);
        }

        return body is null ? null : new RepeatableRequest(request, body);
    }

    internal HttpRequestMessage Again()
    {
        var copy = new HttpRequestMessage(_request.Method, _request.RequestUri) { Version = _request.Version, VersionPolicy = _request.VersionPolicy };
        foreach (var (name, values) in _request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        foreach (var (name, value) in _request.Options)
        {
            copy.Options.Set(new HttpRequestOptionsKey<object?>(name), value);
        }

        copy.Content = _body is null ? null : Copy(_request.Content!, _body);
        return copy;
    }

    private static ByteArrayContent Copy(HttpContent content, byte[] body)
    {
        var copy = new ByteArrayContent(body);
        foreach (var (name, values) in content.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        return copy;
    }
}
