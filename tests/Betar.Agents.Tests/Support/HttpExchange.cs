using System.Text;

namespace Betar.Agents.Tests.Support;

/// <summary>One request that a <see cref="LoopbackServer"/> got, and the way to answer it.</summary>
internal sealed record HttpExchange(string Head, byte[] Body, Stream Connection)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Head.Split("\r\n").Select(line => line.Split(": ", 2))
        .FirstOrDefault(parts => parts.Length == 2 && parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];

    public Task AnswerAsync(int status, string body, string contentType = "application/json", string more = "") =>
        AnswerAsync(status, Encoding.UTF8.GetBytes(body), contentType, more);

    public async Task AnswerAsync(int status, byte[] body, string contentType = "application/json", string more = "")
    {
        await WriteAsync($"HTTP/1.1 {status} Any\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{more}\r\n");
        await Connection.WriteAsync(body);
    }

    public async Task WriteAsync(string text) => await Connection.WriteAsync(Encoding.UTF8.GetBytes(text));
}
