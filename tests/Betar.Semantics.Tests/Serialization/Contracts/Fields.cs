namespace Betar.Semantics.Tests.Serialization.Contracts;

/// <summary>Private fields, properties with private setters and a member that does not travel.</summary>
[GenerateSerializer]
public sealed class Fields
{
    [Id(0)]
    readonly int _secret;

    [Id(1)]
    string? _text;

    public Fields()
    {
    }

    public Fields(int secret, string text, string kept)
    {
        _secret = secret;
        _text = text;
        Kept = kept;
    }

    [Id(2)]
    public string? Kept { get; private set; }

    [field: NonSerialized]
    public string? NotMarked { get; set; }

    public override string ToString() => $"{_secret} {_text} {Kept} {NotMarked ?? "nothing"}";

    public void Forget() => _text = null;
}
