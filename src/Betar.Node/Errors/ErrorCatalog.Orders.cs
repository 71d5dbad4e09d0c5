namespace Betar.Node.Errors;

public static partial class ErrorCatalog
{
    public static ErrorEntry UnknownSession { get; } = new("BTR-4030", "there is no such session", "run betar session list to see those there are")
    {
        HttpStatus = 404,
    };

    public static ErrorEntry OrderAnswerIllegal { get; } = new("BTR-4031", "the other side's answer about an order is not one",
        "nothing was kept; order from another seller")
    {
        HttpStatus = 502,
    };

    public static ErrorEntry OrderPriceDiffers { get; } = new("BTR-4032", "the order's price is not the agent's", "leave the price out, or write the agent's own")
    {
        HttpStatus = 409,
    };

    public static ErrorEntry OrdersFull { get; } = new("BTR-4033", "there is no room for more orders", "complete or cancel some of those that are open")
    {
        HttpStatus = 429,
    };

    public static ErrorEntry OrderNotMoved { get; } = new("BTR-4034", "the order cannot be moved there", "run betar order list --market to see where it is")
    {
        HttpStatus = 409,
    };

    public static ErrorEntry OrderNotTold { get; } = new("BTR-4035", "the other side of the order was not told", "run it again; the order here stays as it is")
    {
        HttpStatus = 504,
    };

    private static ErrorEntry[] OrderErrors() => [UnknownSession, OrderAnswerIllegal, OrderPriceDiffers, OrdersFull, OrderNotMoved, OrderNotTold];
}
