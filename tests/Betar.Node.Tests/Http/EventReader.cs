using System.Text;

namespace Betar.Node.Tests.Http;

/// <summary>Reads a stream of events; what only says that the stream lives is passed over.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventReader(HttpResponseMessage response, StreamReader reader) => (_response, _reader) = (response, reader);

    /// <summary>Done when the node has begun to tell.</summary>
    public static async Task<EventReader> OpenAsync(ApiWorld world, string path, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage response = await world.SendAsync(HttpMethod.Get, path, null, headers);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        Assert.Equal(": ", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());
        return new EventReader(response, reader);
    }

    /// <summary>The lines of the next event; null at the end.</summary>
    public async Task<string?> NextAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        List<string> lines = [];
        while (true)
        {
            string? line;
            try
            {
                line = await _reader.ReadLineAsync(patience.Token);
            }
            catch (IOException)
            {
                return null;
            }

            if (line is null)
                return null;
            if (line.Length > 0)
                lines.Add(line);
            else if (lines is [": "])
                lines.Clear();
            else if (lines.Count > 0)
                return string.Join('\n', lines);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}
