namespace Orleans;

/// <summary>Looks at the configuration before a silo or client starts.</summary>
public interface IConfigurationValidator
{
    void ValidateConfiguration();
}
