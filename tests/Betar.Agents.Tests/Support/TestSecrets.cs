using System.Collections.Concurrent;
using Betar.Agents.Secrets;

namespace Betar.Agents.Tests.Support;

/// <summary>Secrets that a test gives, and which of them were asked for.</summary>
internal sealed class TestSecrets(params (string Reference, string Value)[] secrets) : ISecretSource
{
    public ConcurrentQueue<string> Asked { get; } = [];

    public bool IsReference(string text) => new EnvironmentSecrets().IsReference(text);

    public string? Find(string reference)
    {
        Asked.Enqueue(reference);
        return secrets.Where(secret => secret.Reference == reference).Select(secret => secret.Value).FirstOrDefault();
    }
}
