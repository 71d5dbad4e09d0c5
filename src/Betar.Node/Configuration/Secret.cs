namespace Betar.Node.Configuration;

/// <summary>A text that must not be shown; printing it shows that there is one.</summary>
public sealed class Secret(string value)
{
    /// <summary>The text itself, for the one place that needs it.</summary>
    public string Reveal() => value;

    public override string ToString() => "(hidden)";
}
