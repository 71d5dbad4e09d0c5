namespace Orleans.Configuration;

public class SiloMessagingOptions : MessagingOptions;
