namespace Betar.Node.Errors;

public static partial class ErrorCatalog
{
    public static ErrorEntry UnknownSession { get; } = new("BTR-4030", "there is no such session", "run betar session list to see those there are")
    {
        HttpStatus = 404,
    };

    private static ErrorEntry[] OrderErrors() => [UnknownSession];
}
