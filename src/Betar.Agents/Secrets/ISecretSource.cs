namespace Betar.Agents.Secrets;

/// <summary>Where secrets come from: settings hold references, and only who makes a call asks for the value.</summary>
public interface ISecretSource
{
    /// <summary>True for <c>env:NAME</c>, <c>file:PATH</c> and <c>keystore:NAME</c>.</summary>
    bool IsReference(string text);

    /// <returns>The value, or null when there is none under this reference. The caller keeps it no longer than it needs it.</returns>
    string? Find(string reference);
}
