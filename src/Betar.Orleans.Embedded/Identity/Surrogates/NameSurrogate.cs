namespace Orleans.Runtime;

/// <summary>A name as it travels.</summary>
[GenerateSerializer]
[Immutable]
[Alias("betar.name")]
internal struct NameSurrogate
{
    [Id(0)]
    public string? Name { get; set; }
}
