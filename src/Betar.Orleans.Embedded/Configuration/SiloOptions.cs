namespace Orleans.Configuration;

public class SiloOptions
{
    /// <summary>The silo's name for people. Default: made from its port.</summary>
    public string? SiloName { get; set; }
}
